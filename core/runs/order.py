"""The order in which the runs of one project wait."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import RunError
from core.message import say
from core.runs.database import Database
from core.runs.run import no_such_run
from core.runs.states import RunState
from core.runs.tables import RunRow

QUEUE_ORDER = (RunRow.position, RunRow.created_at, RunRow.id)


def move(database: Database, run_id: str, steps: int) -> None:
    """Has a run that waits begin so many runs of its project later, or earlier where ``steps`` is negative.

    At the ends it goes no further. Raises RunError for a run that does not wait.
    """
    with database.writing() as session:
        row = session.get(RunRow, run_id)
        if row is None:
            raise no_such_run(run_id)
        waiting = _waiting(session, row.project_id)
        if row not in waiting:
            raise RunError(
                say("Run {name} is {state}: only runs that wait can be moved.", name=run_id, state=row.state.value)
            )
        first = waiting[0].position
        place = waiting.index(row)
        waiting.insert(max(0, place + steps), waiting.pop(place))
        for position, each in enumerate(waiting, start=first):
            each.position = position


def _waiting(session: Session, project_id: str | None) -> list[RunRow]:
    """The runs of the project that wait, in their order, kept from others until the transaction ends."""
    statement = (
        select(RunRow)
        .where(RunRow.project_id.is_not_distinct_from(project_id), RunRow.state == RunState.QUEUED)
        .order_by(*QUEUE_ORDER)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(statement))
