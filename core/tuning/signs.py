"""What a conductor waits for a change of, read with one light query."""

from typing import Any

from sqlalchemy import and_, select

from core.runs.database import Database
from core.runs.states import ACTIVE_STATES
from core.runs.tables import RunRow, SearchRow

Signs = list[tuple[Any, ...]]


def signs(database: Database, search_id: str) -> Signs:
    """Equal to what it was as long as there is nothing to do for the conductor: the state of the search and whose it
    is, and of each of its runs that is not over, the state and the epochs done."""
    is_in_hand = and_(RunRow.series == SearchRow.id, RunRow.state.in_(ACTIVE_STATES))
    columns = (SearchRow.state, SearchRow.process, RunRow.id, RunRow.state, RunRow.epoch)
    statement = select(*columns).outerjoin(RunRow, is_in_hand).where(SearchRow.id == search_id).order_by(RunRow.id)
    return database.rows(statement)
