"""The process that begins a lesson: ``python -m core.lessons.worker LESSON GUESS INTAKE``."""

import logging
import sys

from core.lessons.beginning import begin_search
from core.lessons.lesson import Lesson
from core.lessons.lessons import LESSONS
from core.runs import checks, intake_worker, intakes
from core.runs.database import Database
from core.runs.engine import ensure_engine
from core.workspace import Workspace


def work(database: Database, workspace: Workspace, lesson: Lesson, guess: str, intake_id: str) -> None:
    """Takes the images of an intake in, then begins the search of the lesson on them."""
    intake_worker.work(database, workspace, intake_id)
    intake = intakes.get(database, intake_id)
    if intake.dataset_id is None:
        return
    begin_search(database, workspace, intake.project_id, lesson, guess)
    ensure_engine(workspace)
    checks.start(database, workspace, intake.dataset_id)


def main() -> None:
    """The command line of this module."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    lesson, guess, intake_id = sys.argv[1:]
    workspace = Workspace.from_environment()
    work(Database.open(workspace), workspace, LESSONS[lesson], guess, intake_id)


if __name__ == "__main__":
    main()
