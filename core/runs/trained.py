"""A run whose model may be asked."""

from core.errors import RunError
from core.message import say
from core.runs.database import Database
from core.runs.run import Run
from core.runs.store import get


def trained_run(database: Database, run_id: str) -> Run:
    """The run with that id. Raises RunError where there is none, and while it has no model that stays: one that goes on
    still has the model of its last spell of work in its folder."""
    run = get(database, run_id)
    if run.state.is_trained:
        return run
    raise RunError(
        say(
            "Run {run} is {state}, so it has no model to judge. Wait until it is completed or stopped.",
            run=run_id,
            state=run.state,
        )
    )
