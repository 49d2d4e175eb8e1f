"""What a person asks of a run that is under way. Its process obeys when it reports the next time."""

from sqlalchemy import select

from core.errors import RunError
from core.message import say
from core.runs.database import Database
from core.runs.run import locked_row
from core.runs.states import ACTIVE_STATES, RunState
from core.runs.tables import RateChangeRow, RunRow

HIGHEST_LEARNING_RATE = 100.0


def request_stop(database: Database, run_id: str) -> None:
    """Takes the run out of the queue or out of its pause, or asks its process to stop at the next batch.

    A run that has ended, or is not there any more, stays as it is.
    """
    with database.writing() as session:
        row = session.get(RunRow, run_id, with_for_update=True)
        if row is None or row.state.is_finished:
            return
        row.stop_requested = True
        if not row.state.is_working:
            row.state = RunState.STOPPED
            row.finished_at = database.now()


def request_stop_of_series(database: Database, series: str) -> None:
    """As `request_stop`, for each run of ``series`` that has not ended."""
    of_series = select(RunRow.id).where(RunRow.series == series, RunRow.state.in_(ACTIVE_STATES))
    for (run_id,) in database.rows(of_series):
        request_stop(database, run_id)


def request_pause(database: Database, run_id: str) -> None:
    """Asks the run's process to write a checkpoint and to end. Raises RunError for a run that is not running."""
    with database.writing() as session:
        row = locked_row(session, run_id)
        if not row.state.is_working:
            raise RunError(
                say("Run {name} is {state}: only a running run can be paused.", name=run_id, state=row.state.value)
            )
        row.pause_requested = True


def change_learning_rate(database: Database, run_id: str, learning_rate: float) -> None:
    """Has the run go on with another learning rate; a queued or paused one will when it runs.

    Raises RunError for a run that has ended, and for a rate that is not above 0 and at most 100.
    """
    if not 0 < learning_rate <= HIGHEST_LEARNING_RATE:  # which is true of NaN as well
        raise RunError(
            say(
                "A learning rate has to be above 0 and at most {highest:g}, not {rate}.",
                highest=HIGHEST_LEARNING_RATE,
                rate=str(learning_rate),
            )
        )
    with database.writing() as session:
        row = locked_row(session, run_id)
        if row.state.is_finished:
            raise RunError(
                say(
                    "Run {name} is {state}, so its learning rate cannot be changed any more.",
                    name=run_id,
                    state=row.state.value,
                )
            )
        session.add(RateChangeRow(run_id=run_id, learning_rate=learning_rate, requested_at=database.now()))
