"""From a press on "Start training" to the first point on the curve, in a real browser, with a spare worker ready.

``python -m bench.first_point`` (``make bench-start``). Each start is the first of a new project with the sample set
digits. The time is taken in the page, frame by frame: until the progress text counts a first update, and until the
chart of the loss has a line to be seen, which takes the points of two updates.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench import spare
from bench.table import Bound, spread, table
from bench.web_server import server
from core.dataset.intake import take_in
from core.dataset.sources import open_source
from core.dataset.store import Dataset
from core.recipe import default_recipe
from core.runs import projects, store
from core.runs.database import Database
from core.runs.datasets import register_dataset
from core.workspace import Workspace
from tests.browser import chromium

SAMPLE = "digits"
POLL_SECONDS = 0.1
MOST_SECONDS = 2.0

START_BUTTON = ".st-key-runs_start button"
PROGRESS = "[data-testid=stProgress]"
FIRST_UPDATE = "update [1-9]"
CURVES = '[class*="st-key-live_run_curves_"][class*="_loss"] svg .mark-line path:not([stroke-opacity="0"])'
PATIENCE_SECONDS = 60.0

# Two unseen points hold the vertical scale. A path of one point, which has no line in it, cannot be seen either.
MEASURE = """
async ([button, progress, firstUpdate, curves, patience]) => {
  const began = performance.now()
  const seconds = {}
  const until = async (name, holds) => {
    while (!holds()) {
      if (performance.now() - began > 1000 * patience) throw new Error(`no ${name} in ${patience} s`)
      await new Promise(requestAnimationFrame)
    }
    seconds[name] = (performance.now() - began) / 1000
  }
  document.querySelector(button).click()
  await until('update', () => new RegExp(firstUpdate).test(document.querySelector(progress)?.textContent))
  await until('point', () => [...document.querySelectorAll(curves)].some(path => /L/.test(path.getAttribute('d'))))
  return seconds
}
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.first_point", description=__doc__)
    parser.add_argument("--starts", type=int, default=7, help="how many trainings are started")
    starts = parser.parse_args().starts
    browser = chromium.find()
    with ExitStack() as stack:
        workspace = Workspace.at(Path(stack.enter_context(tempfile.TemporaryDirectory())))
        database = Database.open(workspace)
        dataset = _taken_in(workspace, database)
        address = stack.enter_context(server("app.py", workspace.home))
        launched = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=browser, args=list(chromium.ARGUMENTS)
        )
        page = launched.new_context(locale="en-US", viewport={"width": 1280, "height": 900}).new_page()
        seconds = []
        for number in range(1 + starts):
            project_id = _project(database, dataset, number)
            page.goto(f"{address}/runs?project={project_id}")
            spare_bytes = spare.wait_until_ready(database)
            seconds.append(_start(page))
            _wait_for_end(database, project_id)
    _print(seconds[1:], spare_bytes)


def _start(page: Page) -> dict[str, float]:
    """Presses the button on a page that has come to rest."""
    page.locator(START_BUTTON).wait_for()
    page.wait_for_load_state("networkidle")
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    return page.evaluate(MEASURE, [START_BUTTON, PROGRESS, FIRST_UPDATE, CURVES, PATIENCE_SECONDS])


def _taken_in(workspace: Workspace, database: Database) -> Dataset:
    dataset = take_in(open_source(SAMPLE), workspace.datasets, lambda done, total: None)
    register_dataset(database, dataset)
    return dataset


def _project(database: Database, dataset: Dataset, number: int) -> str:
    project = projects.create(database, f"Start {number}")
    projects.set_dataset(database, project.id, dataset.id)
    projects.save_draft(database, project.id, default_recipe(dataset.image_size, len(dataset.class_names)))
    return project.id


def _wait_for_end(database: Database, project_id: str) -> None:
    while any(run.state.is_active for run in store.of_project(database, project_id)):
        time.sleep(POLL_SECONDS)


def _print(seconds: Sequence[dict[str, float]], spare_bytes: int) -> None:
    updates, points = ([each[name] for each in seconds] for name in ("update", "point"))
    rows = [
        ["", "median", "fastest", "slowest"],
        ["first update in the progress text", *spread(updates)],
        ["first point drawn on the curve", *spread(points)],
    ]
    print(
        f"Seconds from Start training, with a spare worker ready, of {len(seconds)} starts after one that is left out\n"
    )
    print(table(rows))
    print(f"\nA spare worker that waits takes {spare_bytes / 2**20:,.0f} MB of memory.")
    print(Bound("first point, median", statistics.median(points), MOST_SECONDS))


if __name__ == "__main__":
    main()
