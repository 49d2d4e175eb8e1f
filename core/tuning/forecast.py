"""How long a search will take."""

from heapq import heapify, heapreplace
from math import inf
from statistics import median

from sqlalchemy import func, select

from core.recipe import Recipe
from core.runs.database import Database
from core.runs.engine import ALONE
from core.runs.run import run_of, select_runs
from core.runs.series_kinds import SEARCH, is_in_series_of
from core.runs.states import ACTIVE_STATES, RunState
from core.runs.tables import EpochRow, RunRow
from core.tuning import grid
from core.tuning.searches import Search
from core.tuning.space import SearchSpace

IMPORT_SECONDS = 9.0
"""What a worker takes to import TensorFlow, on two cores."""
READY_SECONDS = 1.0
"""From one run's end to the next one's first step where a spare worker waits."""
NEWEST = 20
"""How many of the newest runs of a dataset are looked at."""


def trials_to_finish(space: SearchSpace, trials: int) -> int:
    """How many trials there will be where ``trials`` are asked for: no more than a grid has points. Those of its points
    that turn out not to be trainable are not known yet."""
    return min(trials, grid.size(space)) if space.sampler == "grid" else trials


def expected_seconds(
    database: Database,
    project_id: str | None,
    dataset_id: str,
    recipe: Recipe,
    *,
    trials: int,
    slots: int = 1,
    has_spare: bool = True,
) -> float | None:
    """How long ``trials`` trials of about ``recipe`` will take, ``slots`` at a time, judged by the mean epoch of the
    newest completed runs of the project on the same images; None where there is none. ``trials`` as `trials_to_finish`
    says, ``has_spare`` as in `core.runs.settings`.

    A pruner ends it sooner; trials with more filters or a smaller batch size take longer than the recipe itself.
    """
    trial_seconds = _trial_seconds(database, project_id, dataset_id, recipe, has_spare=has_spare)
    return None if trial_seconds is None else trial_seconds * rounds([], trials, slots)


def seconds_left(
    database: Database, search: Search, finished: int, *, slots: int = 1, has_spare: bool = True
) -> float | None:
    """How long the rest of ``search`` will take at the pace so far, ``finished`` being how many of its trials are.

    Once its minutes are up no trial begins any more, and those that have begun are finished. Before the first is
    finished, a trial takes as long as for `expected_seconds`. None where nothing is known, and for one that is not
    running.
    """
    if not search.state.is_working:
        return None
    under_way = _under_way(database, search)
    elapsed = search.elapsed_seconds(database.now())
    if finished:
        trial_seconds: float | None = elapsed * slots / (finished + sum(under_way))
    else:
        trial_seconds = _trial_seconds(
            database, search.project_id, search.dataset_id, search.recipe, has_spare=has_spare
        )
    if not trial_seconds:
        return trial_seconds
    fresh = trials_to_finish(search.space, search.trials) - finished - len(under_way)
    until = inf if search.minutes is None else (60 * search.minutes - elapsed) / trial_seconds
    return trial_seconds * rounds([1 - share for share in under_way], fresh, slots, until)


def rounds(under_way: list[float], fresh: int, slots: int, until: float = inf) -> float:
    """After how many times the time of a trial the last one has ended, where ``under_way`` have so much of it left (0
    to 1) and ``fresh`` ones follow, each as soon as one of the ``slots`` is free, if that is before ``until``."""
    free_at = [*under_way, *[0.0] * (slots - len(under_way))]
    heapify(free_at)
    for _ in range(fresh):
        if free_at[0] >= until:
            break
        heapreplace(free_at, free_at[0] + 1)
    return max(free_at)


def _trial_seconds(
    database: Database, project_id: str | None, dataset_id: str, recipe: Recipe, *, has_spare: bool
) -> float | None:
    """How long a trial of ``recipe`` takes from the end of the one before; None where no epoch has been measured."""
    newest = (
        select(RunRow.id)
        .where(
            RunRow.project_id.is_not_distinct_from(project_id),
            RunRow.dataset_id == dataset_id,
            RunRow.state == RunState.COMPLETED,
        )
        .order_by(RunRow.number.desc())
        .limit(NEWEST)
    )
    [(epoch_seconds,)] = database.rows(select(func.avg(EpochRow.seconds)).where(EpochRow.run_id.in_(newest)))
    if epoch_seconds is None:
        return None
    training_seconds = recipe.training.epochs * float(epoch_seconds)
    measured = _measured_between(database, project_id, dataset_id)
    return training_seconds + (_between(training_seconds, has_spare=has_spare) if measured is None else measured)


def _between(training_seconds: float, *, has_spare: bool) -> float:
    """From the end of a trial to the first step of the next, where none was measured.

    The engine lets a run begin alone, and only then has a spare worker import TensorFlow beside it: when a short trial
    ends, that is not done or not even begun.
    """
    alone = ALONE.total_seconds()
    if not has_spare or training_seconds < alone:
        return IMPORT_SECONDS
    return max(READY_SECONDS, alone + IMPORT_SECONDS - training_seconds)


def _measured_between(database: Database, project_id: str | None, dataset_id: str) -> float | None:
    """The median time that trials took beside their epochs, from the end of a trial before; None where none was
    measured. Of the newest trials on the same images, but for those that had to be continued."""
    statement = (
        select(RunRow.series, RunRow.claimed_at, RunRow.finished_at, func.sum(EpochRow.seconds))
        .join(EpochRow, EpochRow.run_id == RunRow.id)
        .where(
            RunRow.project_id.is_not_distinct_from(project_id),
            RunRow.dataset_id == dataset_id,
            is_in_series_of(SEARCH),
            RunRow.claimed_at.is_not(None),
            RunRow.finished_at.is_not(None),
            RunRow.worked_seconds == 0,
        )
        .group_by(RunRow.id, RunRow.series, RunRow.number, RunRow.claimed_at, RunRow.finished_at)
        .order_by(RunRow.number.desc())
        .limit(NEWEST)
    )
    trials = database.rows(statement)
    found = []
    for series, claimed_at, finished_at, seconds in trials:
        before = [end for other, _, end, _ in trials if other == series and end <= claimed_at]
        if before:
            found.append((finished_at - max(before)).total_seconds() - seconds)
    return max(0.0, median(found)) if found else None


def _under_way(database: Database, search: Search) -> list[float]:
    """Of each trial in hand, the share of its steps that is done."""
    statement = select_runs().where(RunRow.series == search.id, RunRow.state.in_(ACTIVE_STATES))
    return [run_of(*row).progress for row in database.rows(statement)]
