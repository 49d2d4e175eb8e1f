"""The process of one check: ``python -m core.runs.check_worker DATASET``."""

import logging
import os
import sys

from sqlalchemy import or_

from core.dataset.store import load
from core.errors import LayerlabError
from core.message import Message, say
from core.quality.check import check
from core.runs.checks import check_log, end
from core.runs.database import Database
from core.runs.process import Process
from core.runs.progress_writer import CalledOffError, ProgressWriter
from core.runs.states import IntakeState
from core.runs.tables import CheckRow
from core.workspace import Workspace

NICENESS = 15
"""A training beside it gets nearly all of the processor; when there is none, this makes no difference."""


def work(database: Database, workspace: Workspace, dataset_id: str) -> None:
    """Checks a dataset and ends the check: completed, or failed with a message. One that is not wanted any more, or
    that another process works on, is left alone."""
    process = Process.of(os.getpid())
    is_wanted = (
        CheckRow.dataset_id == dataset_id,
        CheckRow.state == IntakeState.WORKING,
        or_(CheckRow.process.is_(None), CheckRow.process == process),
    )
    try:
        with ProgressWriter(database, CheckRow, *is_wanted) as progress:
            report = check(load(workspace.datasets, dataset_id), progress.report)
        end(database, dataset_id, IntakeState.COMPLETED, None, process, report.images)
    except CalledOffError:
        return
    except LayerlabError as error:
        end(database, dataset_id, IntakeState.FAILED, error.message, process)
    except Exception:  # the edge of the process: whatever it was, the person who waits is told
        logging.exception("Check of %s", dataset_id)
        end(database, dataset_id, IntakeState.FAILED, _unexpected(workspace), process)


def _unexpected(workspace: Workspace) -> Message:
    return say(
        "The images could not be checked: something went wrong in Layerlab itself. Try again; {log} says what it was.",
        log=str(check_log(workspace)),
    )


def main() -> None:
    """The command line of this module."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    os.nice(NICENESS)
    workspace = Workspace.from_environment()
    work(Database.open(workspace), workspace, sys.argv[1])


if __name__ == "__main__":
    main()
