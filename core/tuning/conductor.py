"""The process of one search: ``python -m core.tuning.conductor SEARCH_ID``.

It asks Optuna which settings to try, puts a run of them into the queue, reports the run's figures on the validation
images, and tells Optuna what became of it. All that must survive it is in the database, each step so that the next
process of the search can go on from there: a trial is asked, knows the name of its run, has its run, and is told once.
"""

import logging
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from math import isfinite

from optuna.exceptions import StorageInternalError
from optuna.trial import FrozenTrial
from sqlalchemy.exc import OperationalError

from core.dataset import store as datasets
from core.errors import LayerlabError, RecipeError, RunError
from core.message import Message, say
from core.runs import store
from core.runs.admission import admit_assigned, checked_split, refuse_errors
from core.runs.control import go_on
from core.runs.database import Database
from core.runs.machine import memory_bytes
from core.runs.process import Process
from core.runs.requests import request_pause, request_stop
from core.runs.run import Run
from core.runs.settings import Settings
from core.runs.states import RunState, SearchState
from core.tuning import claim, giving_up
from core.tuning.figures import Figures
from core.tuning.placing import recipe_with
from core.tuning.searches import Search, get
from core.tuning.study import FINISHED, Failure, Study
from core.workspace import Workspace

TURN_SECONDS = 0.2
RUN_ID, PRUNED_AT, IS_PAUSED = "run_id", "pruned_at", "is_paused"
"""What is noted with a trial: its run, the epoch that it was to end at, and that it rests because the search does."""

FAILURES = {RunState.FAILED: Failure.FAILED, RunState.LOST: Failure.LOST, RunState.STOPPED: Failure.STOPPED}


class Conductor:
    """Works on a search that its process has claimed. ``slots``: how many runs are trained at once."""

    def __init__(self, database: Database, workspace: Workspace, search: Search, slots: int = 1) -> None:
        self._database = database
        self._workspace = workspace
        self._slots = slots
        self._study = Study.open(database, workspace, search)
        self._dataset = datasets.load(workspace.datasets, search.dataset_id)
        self._assignment = checked_split(search.recipe, self._dataset, may_search=True)

    def turn(self, search: Search) -> bool:
        """Does all that is to be done now for ``search`` as it stands; returns whether another turn is needed."""
        for trial in self._study.running():
            self._follow(trial, search)
        in_hand = self._study.running()
        if search.state.is_finished:
            return bool(in_hand)
        if search.state.is_paused:
            return not all(self._rests(trial) for trial in in_hand)
        return self._go_further(search, in_hand)

    def close(self) -> None:
        """Closes the connections to Optuna's tables. Runs in progress go on."""
        self._study.close()

    def _go_further(self, search: Search, in_hand: list[FrozenTrial]) -> bool:
        reason = giving_up.reason(self._study.failures())
        if reason is not None:
            self._end(search, SearchState.FAILED, reason)
            return True
        finished = sum(trial.state in FINISHED for trial in self._study.trials())
        target = self._study.target()
        if finished >= target or search.is_out_of_time(self._database.now()):
            if not in_hand:
                self._end(search, SearchState.COMPLETED, giving_up.why_fewer(search, finished, target))
        elif len(in_hand) < self._slots and finished + len(in_hand) < target:
            self._begin_trial(search)
        return True

    def _begin_trial(self, search: Search) -> None:
        """The run is named before it is made, so that whoever goes on knows whose it is."""
        trial = self._study.ask()
        try:
            recipe = recipe_with(search.recipe, search.space.values(trial.params))
            refuse_errors(recipe.problems(len(self._dataset.class_names), memory_bytes()))
        except RecipeError as error:
            self._study.fail(trial.number, Failure.IMPOSSIBLE, error.message)
            return
        run_id = f"{search.id}-trial-{trial.number}"
        self._study.note(trial.number, RUN_ID, run_id)
        admit_assigned(
            self._database,
            self._workspace,
            recipe,
            self._dataset,
            self._assignment,
            search.project_id,
            names=[run_id],
            series=search.id,
            is_shared=False,
        )

    def _follow(self, trial: FrozenTrial, search: Search) -> None:
        """Brings a trial up to what its run has done, and has its run do what the search wants."""
        run = self._run(trial)
        if run is None:
            self._study.fail(trial.number, Failure.INTERRUPTED, _interrupted_message())
            return
        figures = Figures.of(self._database, run, search.space.objective)
        is_pruned = PRUNED_AT in trial.user_attrs or self._report(trial, figures)
        if run.state.is_finished:
            self._tell(trial, run, figures, is_pruned=is_pruned)
        elif is_pruned or search.state.is_finished:
            request_stop(self._database, run.id)
        elif search.state.is_paused:
            self._pause(trial, run)
        elif trial.user_attrs.get(IS_PAUSED) and run.state.is_paused:
            go_on(self._database, run.id)
            self._study.note(trial.number, IS_PAUSED, False)

    def _report(self, trial: FrozenTrial, figures: Figures) -> bool:
        """Reports the epochs that are new, one by one, and says whether the trial is to end at one of them.

        What the run did after that epoch does not count, whether it was seen at once or later: the same seed prunes
        the same trials at the same epochs.
        """
        for epoch, value in figures.after(trial.last_step or 0):
            if self._study.report(trial.number, epoch, value):
                self._study.note(trial.number, PRUNED_AT, epoch)
                return True
        return False

    def _tell(self, trial: FrozenTrial, run: Run, figures: Figures, *, is_pruned: bool) -> None:
        """Once its run has ended, of itself or not."""
        value = figures.of_model
        if is_pruned:
            self._study.prune(trial.number)
        elif run.state in FAILURES:
            self._study.fail(trial.number, FAILURES[run.state], run.message)
        elif value is None or not isfinite(value):
            self._study.fail(trial.number, Failure.FAILED, _no_number_message(figures.name))
        else:
            self._study.complete(trial.number, value)

    def _pause(self, trial: FrozenTrial, run: Run) -> None:
        if not run.state.is_working or run.is_pausing:
            return
        self._study.note(trial.number, IS_PAUSED, True)
        with suppress(RunError):  # it has ended a moment ago
            request_pause(self._database, run.id)

    def _rests(self, trial: FrozenTrial) -> bool:
        run = self._run(trial)
        return run is not None and run.state.is_paused

    def _run(self, trial: FrozenTrial) -> Run | None:
        """The run of a trial; None where the trial was never given one, or somebody has deleted it."""
        try:
            return store.get(self._database, trial.user_attrs.get(RUN_ID, ""))
        except RunError:
            return None

    def _end(self, search: Search, state: SearchState, message: Message | None) -> None:
        claim.end(self._database, search.id, Process.of(os.getpid()), state, message)


def conduct(
    database: Database, workspace: Workspace, search_id: str, slots: int, sleep: Callable[[float], None] = time.sleep
) -> None:
    """Works on the search until it is at rest. Does nothing where another process works on it."""
    process = Process.of(os.getpid())
    if not claim.take(database, search_id, process):
        return
    try:
        conductor = Conductor(database, workspace, get(database, search_id), slots)
        while (search := claim.held(database, search_id, process)) is not None:
            if conductor.turn(search):
                sleep(TURN_SECONDS)
            elif claim.release(database, search_id, process):
                break
        conductor.close()
    except (OperationalError, StorageInternalError):  # no database at present: the next process of this search goes on
        raise
    except Exception as error:  # the edge of the process: whatever it was, the person who waits is told
        logging.exception("search %s", search_id)
        claim.end(database, search_id, process, SearchState.FAILED, _broken_message(workspace, error))
        claim.release(database, search_id, process)


def _interrupted_message() -> Message:
    return say("The search was interrupted before the run of this trial was made, or the run was deleted.")


def _no_number_message(objective: str) -> Message:
    return say("The run is completed, but its {objective} never was a number.", objective=objective)


def _broken_message(workspace: Workspace, error: Exception) -> Message:
    if isinstance(error, LayerlabError):
        return error.message
    return say(
        "The search was broken off: {error}. Its trials are kept; {log} says more.",
        error=str(error) or type(error).__name__,
        log=str(workspace.logs / "engine.log"),
    )


def main() -> None:
    """The command line of this module, whose one argument is the id of a search."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    workspace = Workspace.from_environment()
    slots = Settings.from_environment().slots
    conduct(Database.open(workspace), workspace, sys.argv[1], slots)


if __name__ == "__main__":
    main()
