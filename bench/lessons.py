"""How long each lesson takes, from the button to the answer, and what it answers, in a fresh workspace.

``python -m bench.lessons`` (``make bench-lessons``).
"""

import os
import tempfile
import time
from pathlib import Path
from time import perf_counter

from bench.table import table
from core.lessons import beginning
from core.lessons.evidence import evidence
from core.lessons.lesson import Lesson
from core.lessons.lessons import LESSONS
from core.runs.database import Database
from core.runs.engine import ensure_engine
from core.runs.locks import hold_web_lock
from core.runs.shutdown import shut_down
from core.tuning import searches
from core.tuning.searches import Search
from core.tuning.trials import trials
from core.workspace import Workspace

LOOK_SECONDS = 0.2


def main() -> None:
    rows = []
    for lesson in LESSONS.values():
        load = os.getloadavg()[0]
        images, whole = _seconds(lesson)
        rows.append([lesson.name, str(lesson.trials), f"{images:.1f}", f"{whole:.1f}", f"{load:.1f}"])
    head = ["lesson", "trials", "s until the images are in", "s until the answer", "load at the beginning"]
    print(table([head, *rows]))


def _seconds(lesson: Lesson) -> tuple[float, float]:
    """Until the search begins, and until it has ended, in a workspace of its own with an engine that is awake."""
    with tempfile.TemporaryDirectory() as home:
        workspace = Workspace.at(Path(home))
        database = Database.open(workspace)
        lock = hold_web_lock(workspace)
        ensure_engine(workspace)
        try:
            return _taught(database, workspace, lesson)
        finally:
            lock.release()
            shut_down(workspace)
            database.close()


def _taught(database: Database, workspace: Workspace, lesson: Lesson) -> tuple[float, float]:
    began = perf_counter()
    guess = next(iter(lesson.guesses))
    names = {"project_name": lesson.title, "dataset_name": lesson.sample}
    project = beginning.begin(database, workspace, lesson, guess, **names)
    while (search := beginning.search_of(database, project.id)) is None:
        time.sleep(LOOK_SECONDS)
    images = perf_counter() - began
    while not (search := searches.get(database, search.id)).is_at_rest:
        time.sleep(LOOK_SECONDS)
    whole = perf_counter() - began
    _tell(database, workspace, lesson, search)
    return images, whole


def _tell(database: Database, workspace: Workspace, lesson: Lesson, search: Search) -> None:
    answer = lesson.answer(evidence(database, workspace, search, trials(database, search.id)))
    print(f"{lesson.name}: right is {answer.right}")
    for sentence in answer.sentences:
        print(f"  {sentence}")
    print(answer.figures.to_string(index=False), flush=True)


if __name__ == "__main__":
    main()
