"""How long a search will take."""

from sqlalchemy import func, select

from core.recipe import Recipe
from core.runs.database import Database
from core.runs.states import RunState
from core.runs.tables import EpochRow, RunRow
from core.tuning.searches import Search

START_SECONDS = 9.0
"""From one run's end to the next one's first step, where no spare worker is ready: the import of TensorFlow."""
NEWEST = 20
"""How many of the newest runs of a dataset are looked at."""


def expected_seconds(
    database: Database, project_id: str | None, dataset_id: str, recipe: Recipe, *, trials: int, slots: int = 1
) -> float | None:
    """How long ``trials`` trials of about ``recipe`` will take, judged by the mean epoch of the newest completed runs
    of the project on the same images; None where there is none.

    A pruner ends it sooner; trials with more filters or a smaller batch size take longer than the recipe itself.
    """
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
    return trials / slots * (START_SECONDS + recipe.training.epochs * float(epoch_seconds))


def seconds_left(database: Database, search: Search, finished: int) -> float | None:
    """How long the rest of ``search`` will take at the pace so far, ``finished`` being how many of its trials are; no
    longer than its minutes allow. Before the first is finished, as `expected_seconds`. None where nothing is known, and
    for one that is not running.
    """
    if not search.state.is_working:
        return None
    elapsed = search.elapsed_seconds(database.now())
    rest = search.trials - finished
    if finished:
        seconds: float | None = elapsed / finished * rest
    else:
        seconds = expected_seconds(database, search.project_id, search.dataset_id, search.recipe, trials=rest)
    if seconds is None or search.minutes is None:
        return seconds
    return max(0.0, min(seconds, 60 * search.minutes - elapsed))
