"""Having the run of a trial rest while its search does."""

from core.runs.database import Database
from core.runs.states import RunState
from core.runs.tables import RunRow


def put_off(database: Database, run_id: str) -> None:
    """Takes the run out of the queue, or asks its process to pause it, until `core.runs.control.go_on`.

    One that rests or has ended, or is not there any more, stays as it is.
    """
    with database.writing() as session:
        row = session.get(RunRow, run_id, with_for_update=True)
        if row is None:
            return
        if row.state.is_waiting:
            row.state = RunState.PAUSED
        elif row.state.is_working:
            row.pause_requested = True
