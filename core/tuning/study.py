"""The trials of a search in Optuna's own tables, which lie in the same database."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Self

import optuna
from optuna.storages import RDBStorage
from optuna.trial import FrozenTrial, TrialState

from core.message import Message
from core.runs.database import Database
from core.tuning import distributions, grid, trial_states
from core.tuning.searches import Search
from core.tuning.space import Label
from core.tuning.storage import make_tables, storage
from core.tuning.verdicts import Verdicts
from core.workspace import Workspace

FINISHED = tuple(TrialState[state.upper()] for state in trial_states.FINISHED)
"""What counts as one of the trials that were asked for."""

RUN_ID, PRUNED_AT, MESSAGE = "run_id", "pruned_at", "message"
"""What is noted with a trial: its run, at which epoch it is to end, and why it has failed."""

optuna.logging.set_verbosity(optuna.logging.WARNING)


class Failure(StrEnum):
    """Why a trial has no value: its recipe cannot be trained, its training broke down, its run failed for another
    reason or was lost, somebody stopped the run, or the search was interrupted before there was one."""

    IMPOSSIBLE = "impossible"
    BROKE_DOWN = "broke down"
    FAILED = "failed"
    LOST = "lost"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"

    @property
    def is_lasting(self) -> bool:
        """Whether every other attempt would end the same."""
        return self in (Failure.IMPOSSIBLE, Failure.BROKE_DOWN)

    @property
    def may_last(self) -> bool:
        """Whether another attempt would end the same until somebody has done something about it, as about a disk that
        is full."""
        return self.is_lasting or self is Failure.FAILED


class Study:
    """What the conductor of ``search`` notes of its trials. They are named by their numbers, from 0."""

    def __init__(self, search: Search, study: optuna.Study, tables: RDBStorage) -> None:
        self._search = search
        self._study = study
        self._tables = tables
        self._verdicts = Verdicts(study)
        self._id = tables.get_study_id_from_name(search.id)

    @classmethod
    def open(cls, database: Database, workspace: Workspace, search: Search) -> Self:
        """The study of ``search``, made where it is not there yet."""
        make_tables(database, workspace)
        tables = storage(database)
        study = optuna.create_study(
            storage=tables,
            study_name=search.id,
            direction="maximize" if search.space.maximizes else "minimize",
            pruner=distributions.pruner(search.space, search.recipe, search.trials),
            load_if_exists=True,
        )
        study.set_user_attr("objective", search.space.objective)
        return cls(search, study, tables)

    def close(self) -> None:
        """Closes all connections."""
        self._tables.engine.dispose()

    def trials(self) -> list[FrozenTrial]:
        """All trials in their order, as they stand now."""
        return self._study.get_trials(deepcopy=False)

    def running(self) -> list[FrozenTrial]:
        """The trials that are asked and not told, in their order."""
        return [trial for trial in self.trials() if trial.state is TrialState.RUNNING]

    def target(self, since: int = 0) -> int:
        """How many trials are to be finished: as many as were asked for, or as the grid has points to try. Points that
        failed before number ``since`` are tried again, unless that is known to last."""
        if self._search.space.sampler != "grid":
            return self._search.trials
        hopeless = {_key(trial.params) for trial in self.trials() if _is_hopeless(trial, since)}
        return min(self._search.trials, grid.size(self._search.space) - len(hopeless))

    def ask(self, since: int = 0) -> FrozenTrial:
        """Begins a trial; its params are labels of the space, by their paths. ``since`` as for `target`."""
        trials = self.trials()
        self._study.sampler = distributions.sampler(self._search.space, self._search.trials, len(trials))
        if self._search.space.sampler == "grid" and not any(trial.state is TrialState.WAITING for trial in trials):
            self._study.enqueue_trial(self._next_point(trials, since))
        number = self._study.ask(distributions.distributions(self._search.space)).number
        return self._trial(number)

    def note(self, number: int, name: str, value: Any) -> None:
        """Keeps ``value``, which is JSON, with the trial."""
        self._tables.set_trial_user_attr(self._trial_id(number), name, value)

    def report(self, number: int, epoch: int, value: float) -> bool:
        """Tells what the trial reached after ``epoch``, NaN included, and returns whether it is to end there.

        That it ends is noted first, and the figure last: whoever is interrupted in between and reports the epoch again
        gets the same answer.
        """
        verdict = self._verdicts.of(self._trial(number), epoch, value)
        if verdict.is_pruned:
            self.note(number, PRUNED_AT, epoch)
        for name, noted in verdict.notes.items():
            self._tables.set_trial_system_attr(self._trial_id(number), name, noted)
        self._tables.set_trial_intermediate_value(self._trial_id(number), epoch, value)
        return verdict.is_pruned

    def complete(self, number: int, value: float) -> None:
        """The trial has reached ``value``, which is a number."""
        self._study.tell(number, value, state=TrialState.COMPLETE)

    def prune(self, number: int) -> None:
        """The trial was ended early; what it reported last is its value."""
        self._study.tell(number, state=TrialState.PRUNED)

    def fail(self, number: int, failure: Failure, message: Message | None = None) -> None:
        """The trial has no value, for which ``message`` gives the reason."""
        self.note(number, "failure", failure.value)
        if message is not None:
            self.note(number, MESSAGE, message.to_json())
            self.note(number, "reason", str(message))
        self._study.tell(number, state=TrialState.FAIL)

    def failures(self, since: int = 0) -> list[FrozenTrial]:
        """The failed trials after the last finished one, and from number ``since`` on, the newest first."""
        told = [trial for trial in self.trials()[since:] if trial.state.is_finished()]
        last = max((position for position, trial in enumerate(told) if trial.state in FINISHED), default=-1)
        return told[last + 1 :][::-1]

    def _next_point(self, trials: list[FrozenTrial], since: int) -> dict[str, Label]:
        """The first point of the grid that is neither tried nor being tried, nor known to fail."""
        closed = (trial for trial in trials if trial.state is not TrialState.FAIL or _is_hopeless(trial, since))
        tried = {_key(trial.params) for trial in closed}
        return next(point for point in grid.points(self._search.space) if _key(point) not in tried)

    def _trial(self, number: int) -> FrozenTrial:
        return self._tables.get_trial(self._trial_id(number))

    def _trial_id(self, number: int) -> int:
        return self._tables.get_trial_id_from_study_id_trial_number(self._id, number)


def failure_of(trial: FrozenTrial) -> Failure | None:
    """Why the trial has no value; None where it has one, or may come to one."""
    return Failure(trial.user_attrs["failure"]) if "failure" in trial.user_attrs else None


def _is_hopeless(trial: FrozenTrial, since: int) -> bool:
    failure = failure_of(trial)
    return failure is not None and (failure.may_last if trial.number >= since else failure.is_lasting)


def _key(labels: Mapping[str, Any]) -> str:
    return json.dumps(labels, sort_keys=True)
