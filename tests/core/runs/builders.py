"""What the tests of the runs are made from: tiny images, a recipe for them, a clock set by hand, and waiting."""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image

from core.dataset.intake import take_in
from core.dataset.sources import open_source
from core.dataset.store import Dataset
from core.recipe import Recipe, parse
from core.runs import admission
from core.runs.database import Database
from core.runs.process import Process
from core.runs.states import SearchState
from core.runs.tables import SearchRow
from core.workspace import Workspace

IMAGES_PER_CLASS = 10
EPOCHS = 3
ELSEWHERE = Process("elsewhere", 1, "long ago")


class HandClock:
    """Stands still until it is moved on."""

    def __init__(self, moment: datetime = datetime(2026, 1, 31, 14, 25, tzinfo=UTC)) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def move_on(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


def write_images(folder: Path) -> Path:
    """Ten grey images of 4 × 4 pixels in each of two class folders, no two alike."""
    for class_number, class_name in enumerate(["고양이", "dogs"]):
        class_folder = folder / class_name
        class_folder.mkdir(parents=True)
        for number in range(IMAGES_PER_CLASS):
            Image.new("L", (4, 4), class_number * 100 + number).save(class_folder / f"{number}.png")
    return folder


def make_dataset(workspace: Workspace, images: Path) -> Dataset:
    return take_in(open_source(write_images(images)), workspace.datasets, lambda done, total: None)


def make_recipe(
    units: int = 2, split: str = "train: 0.6, validation: 0.2, test: 0.2", seed: int = 0, epochs: int = EPOCHS
) -> Recipe:
    """A recipe for the tiny images. Another seed makes it another one, so that both can wait in one queue."""
    return parse(
        f"""
        image: {{height: 4, width: 4, channels: 1}}
        split: {{{split}}}
        layers:
          - {{kind: Flatten}}
          - {{kind: Dense, units: {units}, activation: softmax}}
        training:
          loss: categorical_crossentropy
          optimizer: {{kind: Adam}}
          epochs: {epochs}
          seed: {seed}
        """
    )


def make_running(
    database: Database, workspace: Workspace, dataset: Dataset, process: Process, name: str = "run"
) -> str:
    """A run that is running in name, and that ``process`` answers for."""
    return admission.admit(database, workspace, make_recipe(), dataset.id, project_id=None, name=name, process=process)


def fake_worker(behaviour: str) -> list[str]:
    return [sys.executable, "-m", "tests.core.runs.fake_worker", behaviour]


def fake_engine(behaviour: str) -> list[str]:
    return [sys.executable, "-m", "tests.core.runs.fake_engine", behaviour]


def eventually(condition: Callable[[], object], seconds: float = 60) -> None:
    """Returns as soon as the condition holds; fails when it does not within ``seconds``."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "what the test waits for did not happen"
        time.sleep(0.05)


def noted(workspace: Workspace, kind: str) -> list[Process]:
    """The processes that fake workers or engines noted in the file ``kind`` of the workspace, oldest first."""
    file = workspace.home / kind
    return [Process.parse(line) for line in file.read_text().splitlines()] if file.exists() else []


def add_search(database: Database, dataset_id: str, **values: Any) -> str:
    """The id of a new search of which nothing is to be read but its state and whose it is; ``values`` of other columns.
    It runs, unless these say otherwise."""
    row = SearchRow(
        **{
            "id": "search-1",
            "number": 1,
            "dataset_id": dataset_id,
            "recipe": make_recipe().model_dump(mode="json"),
            "space": {},
            "trials": 1,
            "state": SearchState.RUNNING,
            "created_at": database.now(),
        }
        | values
    )
    with database.writing() as session:
        session.add(row)
        return row.id
