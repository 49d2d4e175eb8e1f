"""How long a project with many runs takes: the table of all of them, and what the other screens ask of them.

``python -m bench.compare`` (``make bench-compare``) fills a scratch workspace with runs of 20 epochs each and prints
the median and the slowest of several reads in milliseconds. With ``--screen`` it opens the screen in a real browser
too, and prints the time from a click in the sidebar until the table stands there.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, sync_playwright
from sqlalchemy import insert

from bench.web_server import server
from core.dataset.intake import take_in
from core.dataset.sources import open_source
from core.dataset.store import Dataset
from core.recipe import Recipe, default_recipe
from core.runs import overview, projects, store
from core.runs.database import Database
from core.runs.datasets import register_dataset
from core.runs.states import RunState
from core.runs.tables import EpochRow, RunRow
from core.workspace import Workspace
from tests.browser import chromium

SAMPLE = "digits"
EPOCHS = 20
RATES = (0.0003, 0.001, 0.003, 0.01)
SIZES = (16, 32, 64)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.compare", description=__doc__)
    parser.add_argument("--runs", type=int, default=1000, help="how many runs the project has")
    parser.add_argument("--reads", type=int, default=20, help="how often each is read")
    parser.add_argument("--screen", action="store_true", help="in a real browser too")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        workspace = Workspace.at(Path(home))
        database = Database.open(workspace)
        project_id = fill(workspace, database, arguments.runs)
        _print("table of all runs", _milliseconds(lambda: overview.overview(database, project_id), arguments.reads))
        _print("all runs, whole", _milliseconds(lambda: store.of_project(database, project_id), arguments.reads))
        database.close()
        if arguments.screen:
            _print("screen, from the click", _on_screen(Path(home), project_id, arguments.reads))


def fill(workspace: Workspace, database: Database, count: int) -> str:
    """Makes a project with ``count`` completed runs of the sample digits and returns its id; the runs have no files."""
    dataset = take_in(open_source(SAMPLE), workspace.datasets, lambda done, total: None)
    register_dataset(database, dataset)
    project = projects.create(database, "Many runs")
    projects.set_dataset(database, project.id, dataset.id)
    recipe = _recipe(dataset)
    projects.save_draft(database, project.id, recipe)
    with database.writing() as session:
        for number in range(1, count + 1):
            session.add(_row(project.id, dataset.id, _variant(recipe, number), number, database))
        session.flush()
        session.execute(insert(EpochRow), [row for number in range(1, count + 1) for row in _epochs(number)])
    return project.id


def _recipe(dataset: Dataset) -> Recipe:
    recipe = default_recipe(dataset.image_size, len(dataset.class_names))
    return recipe.model_copy(update={"training": recipe.training.model_copy(update={"epochs": EPOCHS})})


def _variant(recipe: Recipe, number: int) -> Recipe:
    """Runs differ in the learning rate, the batch size and the seed."""
    optimizer = recipe.training.optimizer.model_copy(update={"learning_rate": RATES[number % len(RATES)]})
    changed = {"optimizer": optimizer, "batch_size": SIZES[number % len(SIZES)], "seed": number // 12}
    return recipe.model_copy(update={"training": recipe.training.model_copy(update=changed)})


def _row(project_id: str, dataset_id: str, recipe: Recipe, number: int, database: Database) -> RunRow:
    now = database.now()
    return RunRow(
        id=f"run-{number}",
        project_id=project_id,
        number=number,
        dataset_id=dataset_id,
        recipe=recipe.model_dump(mode="json"),
        state=RunState.COMPLETED,
        epoch=EPOCHS,
        step=EPOCHS * 100,
        steps_per_epoch=100,
        parameters=35_338,
        created_at=now,
        started_at=now,
        finished_at=now + timedelta(seconds=30),
        kept_epoch=EPOCHS,
    )


def _epochs(number: int) -> list[dict[str, object]]:
    """A loss that falls and an accuracy that rises, with some noise."""
    random = np.random.default_rng(number)
    epochs = np.arange(1, EPOCHS + 1)
    losses = 2 / epochs + random.uniform(0, 0.1, EPOCHS)
    return [
        {
            "run_id": f"run-{number}",
            "epoch": int(epoch),
            "step": int(epoch) * 100,
            "loss": float(loss),
            "accuracy": 1 - float(loss) / 3,
            "val_loss": float(loss) * 1.1,
            "val_accuracy": 1 - float(loss) / 2.5,
            "seconds": 1.5,
        }
        for epoch, loss in zip(epochs, losses, strict=True)
    ]


def _milliseconds(read: Callable[[], object], reads: int) -> list[float]:
    read()
    return [_timed(read) for _ in range(reads)]


def _timed(read: Callable[[], object]) -> float:
    began = time.perf_counter()
    read()
    return 1000 * (time.perf_counter() - began)


def _on_screen(home: Path, project_id: str, reads: int) -> list[float]:
    browser = chromium.find()
    with ExitStack() as stack:
        address = stack.enter_context(server("app.py", home))
        page = (
            stack.enter_context(sync_playwright())
            .chromium.launch(executable_path=browser, args=list(chromium.ARGUMENTS))
            .new_context(locale="en-US", viewport={"width": 1280, "height": 900})
            .new_page()
        )
        page.goto(f"{address}/compare?project={project_id}")
        _wait_for_table(page)
        return [_open(page) for _ in range(reads)]


def _open(page: Page) -> float:
    page.get_by_role("link", name="Layers").click()
    page.locator(".st-key-layer_list").wait_for()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    return _timed(lambda: (page.get_by_role("link", name="Compare").click(), _wait_for_table(page)))


def _wait_for_table(page: Page) -> None:
    page.locator(".st-key-compare_table canvas").first.wait_for()


def _print(what: str, times: list[float]) -> None:
    print(f"{what:>24}: median {statistics.median(times):7.1f} ms, slowest {max(times):7.1f} ms, {len(times)} times")


if __name__ == "__main__":
    main()
