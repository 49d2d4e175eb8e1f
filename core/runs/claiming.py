"""Taking the next row out of a queue, so that of several that ask at once each row goes to one."""

from typing import Any

from sqlalchemy import select, update

from core.runs.database import Database
from core.runs.states import InspectionState, RunState
from core.runs.tables import InspectionRow, RunRow


def claim_oldest(
    database: Database, table: type[RunRow | InspectionRow], queued: RunState | InspectionState, **values: Any
) -> str | None:
    """Writes ``values`` into the oldest row that is ``queued`` and returns its id; none where no row is.

    One conditional UPDATE: the row that is found has to be queued still when it is written.
    """
    oldest = (
        select(table.id).where(table.state == queued).order_by(table.created_at, table.id).limit(1).scalar_subquery()
    )
    statement = update(table).where(table.id == oldest, table.state == queued).values(**values).returning(table.id)
    with database.writing() as session:
        return session.execute(statement, execution_options={"synchronize_session": False}).scalar_one_or_none()
