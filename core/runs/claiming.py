"""Taking the next row out of a queue, so that of several that ask at once each row goes to one."""

from typing import Any

from sqlalchemy import ScalarSelect, select, update

from core.runs.database import Database
from core.runs.states import InspectionState, RunState
from core.runs.tables import InspectionRow, RunRow


def claim_oldest(
    database: Database, table: type[RunRow | InspectionRow], queued: RunState | InspectionState, **values: Any
) -> str | None:
    """As `claim_next`, for the oldest row that is ``queued``."""
    oldest = (
        select(table.id).where(table.state == queued).order_by(table.created_at, table.id).limit(1).scalar_subquery()
    )
    return claim_next(database, table, oldest, queued, **values)


def claim_next(
    database: Database,
    table: type[RunRow | InspectionRow],
    next_id: ScalarSelect[str],
    queued: RunState | InspectionState,
    **values: Any,
) -> str | None:
    """Writes ``values`` into the row that ``next_id`` finds and returns its id; none where it finds none.

    One conditional UPDATE: the row that is found has to be ``queued`` still when it is written.
    """
    statement = update(table).where(table.id == next_id, table.state == queued).values(**values).returning(table.id)
    with database.writing() as session:
        return session.execute(statement, execution_options={"synchronize_session": False}).scalar_one_or_none()
