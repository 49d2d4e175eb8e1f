"""What a process does with the analysis that it was started for."""

import logging
import os
import sys
from collections.abc import Callable

from sqlalchemy import or_

from core.dataset.progress import Report
from core.errors import LayerlabError
from core.message import say
from core.runs.analyses import WAYS, Ending, Task, analysis_log, analysis_of, end
from core.runs.database import Database
from core.runs.process import Process
from core.runs.progress_writer import CalledOffError, ProgressWriter
from core.runs.states import IntakeState
from core.runs.tables import AnalysisRow
from core.workspace import Workspace

NICENESS = 15
"""A training beside it gets nearly all of the processor; when there is none, this makes no difference."""

Find = Callable[[Workspace, Task, Report], Ending]
"""Works on a task, reports how far it is, and says what it found."""


def work(database: Database, workspace: Workspace, analysis_id: str, find: Find) -> None:
    """Ends the analysis with what ``find`` found, or with a message that says why it failed. One that is not wanted any
    more, or that another process works on, is left alone."""
    process = Process.of(os.getpid())
    with database.reading() as session:
        task = analysis_of(session.get_one(AnalysisRow, analysis_id)).task
    is_wanted = (
        AnalysisRow.id == analysis_id,
        AnalysisRow.state == IntakeState.WORKING,
        or_(AnalysisRow.process.is_(None), AnalysisRow.process == process),
    )
    try:
        with ProgressWriter(database, AnalysisRow, *is_wanted) as progress:
            found = find(workspace, task, progress.report)
    except CalledOffError:
        return
    except LayerlabError as error:
        found = Ending(IntakeState.FAILED, error.message)
    except Exception:  # the edge of the process: whatever it was, the person who waits is told
        logging.exception("%s of %s", task.kind, task.dataset_id)
        message = say(WAYS[task.kind].broken, log=str(analysis_log(workspace, task.kind)))
        found = Ending(IntakeState.FAILED, message)
    end(database, analysis_id, found, process)


def main(find: Find) -> None:
    """The command line of a worker, whose one argument is the id of an analysis."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    os.nice(NICENESS)
    workspace = Workspace.from_environment()
    work(Database.open(workspace), workspace, sys.argv[1], find)
