"""The process of one search: ``python -m core.tuning.conductor SEARCH_ID``.

It asks Optuna which settings to try, puts a run of them into the queue, reports the run's figures on the validation
images, and tells Optuna what became of it. All that must survive it is in the database, each step so that the next
process of the search can go on from there: a trial is asked, knows the name of its run, has its run, and is told once.
Where it meets an error it ends, and the engine starts the next one after a while, a few times.
"""

import os
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from enum import Enum
from functools import cached_property
from math import isfinite

from optuna.trial import FrozenTrial

from core.dataset import store as datasets
from core.dataset.store import Dataset
from core.errors import DatasetError, RecipeError, RunError
from core.message import Message, say
from core.runs import store
from core.runs.admission import admit_assigned, checked_split, refuse_errors
from core.runs.breakdown import is_breakdown
from core.runs.control import go_on
from core.runs.database import Database
from core.runs.engine import is_engine_gone
from core.runs.machine import memory_bytes
from core.runs.process import Process
from core.runs.requests import request_stop
from core.runs.run import Run
from core.runs.settings import Settings
from core.runs.states import RunState, SearchState
from core.split import Assignment
from core.tuning import claim, giving_up
from core.tuning.figures import Figures
from core.tuning.placing import recipe_with
from core.tuning.putting_off import put_off
from core.tuning.searches import Search, get
from core.tuning.signs import Signs, signs
from core.tuning.study import FINISHED, PRUNED_AT, RUN_ID, Failure, Study
from core.workspace import Workspace

LOOK_SECONDS = 0.2
LOOKS = round(claim.BETWEEN_SIGNS.total_seconds() / LOOK_SECONDS)
IS_PAUSED = "is_paused"
"""What is noted with a trial whose run rests until the search is continued."""

FAILURES = {RunState.FAILED: Failure.FAILED, RunState.LOST: Failure.LOST, RunState.STOPPED: Failure.STOPPED}


class Next(Enum):
    """When there is something to do again."""

    AT_ONCE = "at once"
    AFTER_A_CHANGE = "after a change"
    NEVER = "never"


class Conductor:
    """Works on a search that its process has claimed. ``slots``: how many runs are trained at once."""

    def __init__(self, database: Database, workspace: Workspace, search: Search, slots: int = 1) -> None:
        self._database = database
        self._workspace = workspace
        self._slots = slots
        self._search = search
        self._study = Study.open(database, workspace, search)
        self._failed_before = len(self._study.trials())  # what failed for those that worked on it before is forgiven

    def turn(self, search: Search) -> Next:
        """Does what is to be done now for ``search`` as it stands, and at most one trial is begun."""
        for trial in self._study.running():
            self._follow(trial, search)
        rests = [self._rests(trial) for trial in self._study.running()]
        if search.state.is_working:
            return self._go_further(search, len(rests), rests.count(True))
        is_over = all(rests) if search.state.is_paused else not rests
        return Next.NEVER if is_over else Next.AFTER_A_CHANGE

    def close(self) -> None:
        """Closes the connections to Optuna's tables. Runs in progress go on."""
        self._study.close()

    @cached_property
    def _images(self) -> tuple[Dataset, Assignment]:
        """Those that the trials are trained on; whoever begins no further trial does without them."""
        dataset = datasets.load(self._workspace.datasets, self._search.dataset_id)
        return dataset, checked_split(self._search.recipe, dataset, may_search=True)

    def _go_further(self, search: Search, in_hand: int, resting: int) -> Next:
        """So many trials are ``in_hand``; of those the runs of so many are ``resting`` and take no slot: people have
        paused them."""
        reason = giving_up.reason(self._study.failures(self._failed_before))
        if reason is not None:
            return self._fail(search, reason)
        finished = sum(trial.state in FINISHED for trial in self._study.trials())
        target = self._study.target(self._failed_before)
        has_enough = finished + in_hand >= target or search.is_out_of_time(self._database.now())
        if not has_enough and in_hand - resting < self._slots:
            return self._begin_trial(search)
        if not in_hand:
            return self._end(search, finished, target)
        if in_hand == resting:
            return self._change(search, SearchState.PAUSED, _paused_message())
        return Next.AFTER_A_CHANGE

    def _end(self, search: Search, finished: int, target: int) -> Next:
        """Where no trial is finished, the search has failed, so that it can be continued once the cause is gone."""
        why = giving_up.why_fewer(search, finished, target)
        if finished:
            return self._change(search, SearchState.COMPLETED, why)
        return self._fail(search, giving_up.why_none(self._study.failures()) or why)

    def _fail(self, search: Search, reason: Message | None) -> Next:
        """What has failed so far is forgiven where somebody has the search continued all the same."""
        self._failed_before = len(self._study.trials())
        return self._change(search, SearchState.FAILED, reason)

    def _begin_trial(self, search: Search) -> Next:
        """The run is named before it is made, so that whoever goes on knows whose it is."""
        try:
            dataset, assignment = self._images
        except (DatasetError, RecipeError) as error:
            return self._fail(search, error.message)
        trial = self._study.ask(self._failed_before)
        try:
            recipe = recipe_with(search.recipe, search.space.values(trial.params))
            refuse_errors(recipe.problems(len(dataset.class_names), memory_bytes()))
        except RecipeError as error:
            self._study.fail(trial.number, Failure.IMPOSSIBLE, error.message)
            return Next.AT_ONCE
        run_id = f"{search.id}-trial-{trial.number}"
        self._study.note(trial.number, RUN_ID, run_id)
        admit_assigned(
            self._database,
            self._workspace,
            recipe,
            dataset,
            assignment,
            search.project_id,
            names=[run_id],
            series=search.id,
            is_shared=False,
        )
        return Next.AT_ONCE

    def _follow(self, trial: FrozenTrial, search: Search) -> None:
        """Brings a trial up to what its run has done, and has its run do what the search wants."""
        run = self._run(trial)
        if run is None:
            self._study.fail(trial.number, Failure.INTERRUPTED, _interrupted_message())
            return
        figures = Figures.of(self._database, run, search.space.objective)
        is_pruned = self._report(trial, figures)
        if run.state.is_finished:
            self._tell(trial, run, figures, is_pruned=is_pruned)
        elif is_pruned or search.state.is_finished:
            request_stop(self._database, run.id)
        elif search.state.is_paused:
            self._put_off(trial, run)
        elif trial.user_attrs.get(IS_PAUSED) and not run.is_pausing:
            self._take_up(trial, run)

    def _report(self, trial: FrozenTrial, figures: Figures) -> bool:
        """Reports the epochs that are new, one by one, and says whether the trial is to end at one of them.

        What the run did after that epoch does not count, whether it was seen at once or later: the same seed prunes
        the same trials at the same epochs.
        """
        pruned_at = trial.user_attrs.get(PRUNED_AT)
        for epoch, value in figures.after(trial.last_step or 0):
            if pruned_at is not None and epoch > pruned_at:
                break
            if self._study.report(trial.number, epoch, value):
                return True
        return pruned_at is not None

    def _tell(self, trial: FrozenTrial, run: Run, figures: Figures, *, is_pruned: bool) -> None:
        """Once its run has ended, of itself or not."""
        value = figures.of_model
        if is_pruned:
            self._study.prune(trial.number)
        elif run.state in FAILURES:
            failure = Failure.BROKE_DOWN if is_breakdown(run.message) else FAILURES[run.state]
            self._study.fail(trial.number, failure, run.message)
        elif value is None or not isfinite(value):
            self._study.fail(trial.number, Failure.BROKE_DOWN, _no_number_message(figures.name))
        else:
            self._study.complete(trial.number, value)

    def _put_off(self, trial: FrozenTrial, run: Run) -> None:
        """Also a run that rests already is one that goes on with the search, whoever had paused it."""
        if not trial.user_attrs.get(IS_PAUSED):
            self._study.note(trial.number, IS_PAUSED, True)
        put_off(self._database, run.id)

    def _take_up(self, trial: FrozenTrial, run: Run) -> None:
        if run.state.is_paused:
            with suppress(RunError):  # somebody had it continued a moment ago, and it has ended since
                go_on(self._database, run.id)
        self._study.note(trial.number, IS_PAUSED, False)

    def _rests(self, trial: FrozenTrial) -> bool:
        run = self._run(trial)
        return run is not None and run.state.is_paused

    def _run(self, trial: FrozenTrial) -> Run | None:
        """The run of a trial; None where the trial was never given one, or somebody has deleted it."""
        try:
            return store.get(self._database, trial.user_attrs.get(RUN_ID, ""))
        except RunError:
            return None

    def _change(self, search: Search, state: SearchState, message: Message | None) -> Next:
        claim.change(self._database, search.id, Process.of(os.getpid()), state, message)
        return Next.AT_ONCE


def conduct(
    database: Database, workspace: Workspace, search_id: str, slots: int, sleep: Callable[[float], None] = time.sleep
) -> None:
    """Works on the search until it is at rest, or until the engine is gone that was to train its runs.

    Does nothing where another process works on it. What it raises is told of the search too.
    """
    process = Process.of(os.getpid())
    if is_engine_gone(workspace) or not claim.take(database, search_id, process):
        return
    try:
        with closing(Conductor(database, workspace, get(database, search_id), slots)) as conductor:
            _work(database, workspace, search_id, conductor, sleep)
    except Exception as error:  # the edge of the process: whatever it was, the person who waits is told
        claim.change(database, search_id, process, SearchState.RUNNING, _error_message(error))
        raise


def _work(
    database: Database, workspace: Workspace, search_id: str, conductor: Conductor, sleep: Callable[[float], None]
) -> None:
    process = Process.of(os.getpid())
    while (search := claim.held(database, search_id, process)) is not None and not is_engine_gone(workspace):
        before = signs(database, search_id)
        following = conductor.turn(search)
        if following is Next.AFTER_A_CHANGE:
            _wait(database, search_id, before, sleep)
        elif following is Next.NEVER and claim.release(database, search_id, process):
            return


def _wait(database: Database, search_id: str, before: Signs, sleep: Callable[[float], None]) -> None:
    """Until there is a change since ``before``, or it is time for a sign of life."""
    for _ in range(LOOKS):
        sleep(LOOK_SECONDS)
        if signs(database, search_id) != before:
            return


def _interrupted_message() -> Message:
    return say("The search was interrupted before the run of this trial was made, or the run was deleted.")


def _no_number_message(objective: str) -> Message:
    return say("The run is completed, but its {objective} never was a number.", objective=objective)


def _paused_message() -> Message:
    return say(
        "All that is left are trials whose runs were paused. Continue the search to go on with them, or stop it."
    )


def _error_message(error: Exception) -> Message:
    return say("The process of the search ended with an error: {error}.", error=str(error) or type(error).__name__)


def main() -> None:
    """The command line of this module, whose one argument is the id of a search."""
    workspace = Workspace.from_environment()
    slots = Settings.from_environment().slots
    conduct(Database.open(workspace), workspace, sys.argv[1], slots)


if __name__ == "__main__":
    main()
