"""Searches: begun, read, paused, continued and stopped. What their trials reached is in trials.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from core.dataset import store as datasets
from core.dataset.store import Dataset
from core.errors import LayerlabError, RecipeError
from core.message import Message, say
from core.recipe import Recipe, from_content
from core.runs.admission import checked_split
from core.runs.conductors import has_worker
from core.runs.database import Database
from core.runs.datasets import register_dataset
from core.runs.process import Process
from core.runs.projects import no_such_project
from core.runs.requests import request_stop_of_series
from core.runs.series_kinds import SEARCH, new_series
from core.runs.states import SearchState
from core.runs.tables import ProjectRow, SearchRow
from core.tuning import space as spaces
from core.tuning.checking import refuse_unfit
from core.tuning.space import SearchSpace
from core.workspace import Workspace

MOST_TRIALS = 10_000
CONTINUABLE = (SearchState.PAUSED, SearchState.FAILED)


class SearchError(LayerlabError):
    """A search that is not there, cannot be begun as asked, or is not in a state for what was asked."""


@dataclass(frozen=True)
class Search:
    """A search as it stood when it was read.

    ``id`` is also the series of its runs and the name of Optuna's study; ``number`` counts the searches of a project
    from 1. It goes on until ``trials`` of its trials are finished or ``minutes`` of work are used up, if there is such
    a limit. ``message`` says why it failed, ended before that or rests, or what its last process ended by. ``process``
    is who works on it, if anybody does. ``finished_at`` is when, after its end, the last of its trials had been told
    too, or nothing was expected of them any more; None again once it is continued.
    ``lesson`` names the lesson that it is, if it is one, and ``guess`` what somebody expected of it before it began.
    """

    id: str
    project_id: str | None
    number: int
    dataset_id: str
    recipe: Recipe
    space: SearchSpace
    trials: int
    minutes: float | None
    state: SearchState
    message: Message | None
    process: Process | None
    created_at: datetime
    started_at: datetime | None
    heartbeat_at: datetime | None
    finished_at: datetime | None
    worked_seconds: float
    lesson: str | None
    guess: str | None

    @property
    def is_at_rest(self) -> bool:
        """Whether nobody works on it and nobody is going to, until it is continued."""
        return self.process is None and (self.state.is_paused or self.finished_at is not None)

    @property
    def is_continuable(self) -> bool:
        """Whether `request_continue` takes it up again."""
        return self.state in CONTINUABLE

    def elapsed_seconds(self, now: datetime) -> float:
        """How long processes have worked on it, up to ``now`` or until the last one was last heard of."""
        until = now if has_worker(self.process, self.heartbeat_at, now) else self.heartbeat_at
        if self.started_at is None or until is None:
            return self.worked_seconds
        return self.worked_seconds + max(0.0, (until - self.started_at).total_seconds())

    def is_out_of_time(self, now: datetime) -> bool:
        """Whether its minutes are used up."""
        return self.minutes is not None and self.elapsed_seconds(now) >= 60 * self.minutes


def create(
    database: Database,
    workspace: Workspace,
    project_id: str | None,
    dataset_id: str,
    recipe: Recipe,
    space: SearchSpace,
    *,
    trials: int,
    minutes: float | None = None,
    may_search: bool = False,
    lesson: str | None = None,
    guess: str | None = None,
) -> Search:
    """Begins a search; the engine starts a process for it. Call `core.runs.engine.ensure_engine` afterwards.

    ``may_search``: look-alikes that are to be kept together may be searched first, which takes decoding all images.
    Raises RecipeError for a recipe that cannot be trained and a space that does not fit it, DatasetError for a dataset
    that is not there, ProjectError for a project that is not there, and SearchError for a budget that is none.
    """
    refuse_unsearchable(recipe, space, trials, minutes)
    dataset = datasets.load(workspace.datasets, dataset_id)
    _refuse_missing_objective(space, dataset)
    checked_split(recipe, dataset, may_search=may_search)
    register_dataset(database, dataset)
    row = SearchRow(
        id=new_series(SEARCH),
        project_id=project_id,
        dataset_id=dataset_id,
        recipe=recipe.model_dump(mode="json"),
        space=space.model_dump(mode="json"),
        trials=trials,
        minutes=minutes,
        state=SearchState.RUNNING,
        created_at=database.now(),
        lesson=lesson,
        guess=guess,
    )
    _insert(database, row)
    return get(database, row.id)


def refuse_unsearchable(recipe: Recipe, space: SearchSpace, trials: int, minutes: float | None) -> None:
    """Raises, of what `create` raises, all that is wrong whatever the images are."""
    if not 1 <= trials <= MOST_TRIALS:
        raise SearchError(
            say("A search has from 1 to {most:,} trials, not {trials:,}.", most=MOST_TRIALS, trials=trials)
        )
    if minutes is not None and not minutes > 0:  # which NaN is not either
        raise SearchError(say("A search takes more than 0 minutes, not {minutes}.", minutes=str(minutes)))
    refuse_unfit(space, recipe)


def get(database: Database, search_id: str) -> Search:
    """The search of that id. Raises SearchError where there is none."""
    with database.reading() as session:
        row = session.get(SearchRow, search_id)
    if row is None:
        raise no_such_search(search_id)
    return _search(row)


def every(database: Database) -> list[Search]:
    """The searches of all projects and of the command line, the newest first."""
    return [_search(row) for (row,) in database.rows(select(SearchRow).order_by(SearchRow.created_at.desc()))]


def of_project(database: Database, project_id: str) -> list[Search]:
    """The searches of a project, the newest first."""
    statement = select(SearchRow).where(SearchRow.project_id == project_id).order_by(SearchRow.number.desc())
    return [_search(row) for (row,) in database.rows(statement)]


def request_pause(database: Database, search_id: str) -> None:
    """Has no further trials begin; the runs of those in hand rest too, until it is continued.

    Raises SearchError for a search that is not running.
    """
    _change(database, search_id, (SearchState.RUNNING,), state=SearchState.PAUSED)


def request_continue(database: Database, search_id: str) -> None:
    """Takes a paused search up again with the trials that it left, a failed one with further trials.

    Call `core.runs.engine.ensure_engine` afterwards. Raises SearchError for one that is neither paused nor failed.
    """
    _change(database, search_id, CONTINUABLE, state=SearchState.RUNNING, message=None, finished_at=None)


def request_stop(database: Database, search_id: str) -> None:
    """Ends the search, and its trials that run at their next batch. One that has ended stays as it is.

    Call `core.runs.engine.ensure_engine` afterwards: a process of the search sees to the end of its trials, also where
    it was paused. Raises SearchError where there is none.
    """
    unfinished = [state for state in SearchState if not state.is_finished]
    statement = update(SearchRow).where(SearchRow.id == search_id, SearchRow.state.in_(unfinished))
    with database.writing() as session:
        session.execute(statement.values(state=SearchState.STOPPED, message=None))
    get(database, search_id)
    request_stop_of_series(database, search_id)


def no_such_search(search_id: str) -> SearchError:
    """The error for a search that does not exist."""
    return SearchError(say("There is no search called {name}. It may have been deleted.", name=search_id))


def _refuse_missing_objective(space: SearchSpace, dataset: Dataset) -> None:
    if dataset.predicts_numbers and space.objective == "val_accuracy":
        raise RecipeError(
            say(
                "Where numbers are predicted there is no accuracy. Search by the objective {objective}.",
                objective="val_loss",
            )
        )


def _insert(database: Database, row: SearchRow) -> None:
    """Two searches of a project that are made at once do not get the same number."""
    with database.writing() as session:
        if row.project_id is not None and session.get(ProjectRow, row.project_id, with_for_update=True) is None:
            raise no_such_project(row.project_id)
        of_project = SearchRow.project_id.is_not_distinct_from(row.project_id)
        row.number = (session.scalar(select(func.max(SearchRow.number)).where(of_project)) or 0) + 1
        session.add(row)


def _change(database: Database, search_id: str, before: Sequence[SearchState], **values: Any) -> None:
    statement = update(SearchRow).where(SearchRow.id == search_id, SearchRow.state.in_(before)).values(**values)
    with database.writing() as session:
        is_changed = session.execute(statement.returning(SearchRow.id)).first() is not None
    if is_changed:
        return
    search = get(database, search_id)
    raise SearchError(
        say(
            "Search {number} is {state}, not {before}. Look again: it may have changed a moment ago.",
            number=search.number,
            state=search.state.value,
            before=" or ".join(before),
        )
    )


def _search(row: SearchRow) -> Search:
    columns: dict[str, Any] = {column.key: getattr(row, column.key) for column in SearchRow.__table__.columns}
    return Search(
        **columns | {"recipe": from_content(row.recipe, row.id), "space": spaces.from_content(row.space, row.id)}
    )
