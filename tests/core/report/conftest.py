"""A project with two judged runs on tiny images whose classes and files have hostile names."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.dataset.intake import take_in
from core.dataset.sources import open_source
from core.dataset.store import Dataset, pixels
from core.evaluation import judge
from core.recipe import Recipe
from core.runs import progress, projects, queue, store
from core.runs.database import Database
from core.runs.datasets import register_dataset
from core.runs.process import Process
from core.runs.progress import EpochMetrics
from core.runs.projects import Project
from core.runs.run import Run
from core.runs.states import RunState
from core.workspace import Workspace
from tests.core.runs.builders import make_recipe

CLASSES = ("<b>bold", "a|b*c")
IMAGES_PER_CLASS = 20


@dataclass(frozen=True)
class Lab:
    """What the reports of a test are made from."""

    workspace: Workspace
    database: Database
    dataset: Dataset
    project: Project
    folder: Path

    def with_twins(self) -> "Lab":
        """With each image twice."""
        for file in list(self.folder.rglob("*>|.png")):
            shutil.copy(file, file.with_name(f"copy of {file.name}"))
        return replace(self, dataset=_taken_in(self.database, self.workspace, self.project, self.folder))

    def run(self, recipe: Recipe | None = None, epochs: int = 3, state: RunState = RunState.COMPLETED, **kept) -> Run:
        """A run that has ended after so many epochs, each with figures that no other has."""
        database, recipe = self.database, recipe or make_recipe(epochs=max(epochs, 1))
        run = store.enqueue(database, self.workspace, self.project.id, self.dataset.id, recipe)
        assert queue.claim(database, Process.of(os.getpid())) == run.id
        progress.begin(database, run.id, os.getpid())
        progress.describe_model(database, run.id, 34, 3)
        progress.report(database, run.id, epochs=[_metrics(epoch, run.number) for epoch in range(1, epochs + 1)])
        progress.finish(database, run.id, state, **kept)
        return store.get(database, run.id)


def _metrics(epoch: int, run: int) -> EpochMetrics:
    figures = {
        "loss": 1 / (epoch + run / 7),
        "accuracy": 0.9 - 0.01 / epoch - run / 100,
        "val_loss": 2 / (epoch + run / 7),
        "val_accuracy": 0.8 - 0.01 / epoch - run / 100,
    }
    return EpochMetrics(epoch, **figures, seconds=2.0, learning_rate=0.001)


@pytest.fixture
def lab(tmp_path) -> Lab:
    """In the workspace of the environment, which is one of the test."""
    workspace = Workspace.from_environment()
    database = Database.open(workspace)
    for number, class_name in enumerate(CLASSES):
        folder = tmp_path / "grey squares" / class_name
        folder.mkdir(parents=True)
        for image in range(IMAGES_PER_CLASS):
            Image.new("L", (4, 4), number * 100 + image).save(folder / f"{image}_<i>|.png")
        (folder / "broken.png").write_bytes(b"no picture")
    project = projects.create(database, "<script>alert(1)</script> | *lab*")
    dataset = _taken_in(database, workspace, project, tmp_path / "grey squares")
    return Lab(workspace, database, dataset, project, tmp_path / "grey squares")


def _taken_in(database: Database, workspace: Workspace, project: Project, folder: Path) -> Dataset:
    dataset = take_in(open_source(folder), workspace.datasets, lambda done, total: None)
    register_dataset(database, dataset)
    projects.set_dataset(database, project.id, dataset.id)
    return dataset


@pytest.fixture
def asked(monkeypatch, lab) -> list[np.ndarray]:
    """Instead of trained models, one that takes the darkest image of each class for the other one; all the images that
    it was asked about."""
    seen: list[np.ndarray] = []
    monkeypatch.setattr(judge, "predict", _model(lab.dataset, seen))
    return seen


def _model(dataset: Dataset, seen: list[np.ndarray]) -> Callable[..., np.ndarray]:
    arrays = pixels(dataset, make_recipe().image)
    known = dict(zip((image.tobytes() for image in arrays), dataset.images["label"], strict=True))

    def predict(_model, images: np.ndarray, rows: np.ndarray) -> np.ndarray:
        images = images[rows]
        seen.append(images)
        labels = np.array([known[image.tobytes()] for image in images])
        is_wrong = images[:, 0, 0, 0] % 100 < 7
        return np.where(np.eye(2)[labels ^ is_wrong] == 1, 0.9, 0.1).astype(np.float32)

    return predict
