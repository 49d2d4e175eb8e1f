"""The states of searches, without reading what they search: quick enough for every run of a screen."""

from sqlalchemy import select

from core.runs.database import Database
from core.runs.states import SearchState
from core.runs.tables import SearchRow


def states_of_project(database: Database, project_id: str) -> tuple[SearchState, ...]:
    """Those of the searches of a project, the newest first."""
    statement = select(SearchRow.state).where(SearchRow.project_id == project_id).order_by(SearchRow.number.desc())
    return tuple(state for (state,) in database.rows(statement))
