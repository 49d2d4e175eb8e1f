"""Nobody but the opening reads a test image or its label: everything else is the same where they cannot be read."""

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest

from core.dataset.array_file import read_array
from core.dataset.manifest import read_manifest, write_manifest
from core.dataset.sources import open_source
from core.dataset.store import Dataset, array_path, load, original, pixels
from core.doctor import diagnose
from core.doctor.reading import case_of
from core.evaluation import evaluate, open_test
from core.evaluation.confidence.calibration import calibration_error
from core.evaluation.confidence.decided import confidence_and_right
from core.evaluation.confidence.recalibration import recalibrated
from core.evaluation.confidence.rejection import least_confidence_for
from core.evaluation.figures.class_figures import class_averages, class_figures
from core.evaluation.simple_methods import findings
from core.recipe import parse
from core.report import report_of, to_markdown
from core.runs import history, inspection_queue, inspections, progress, store
from core.runs.admission import admit
from core.runs.analyses import AnalysisKind
from core.runs.database import Database
from core.runs.datasets import register_dataset
from core.runs.epoch_answers import EpochAnswers
from core.runs.heat_maps import HeatMaps
from core.runs.inspections import Inspection
from core.runs.process import Process
from core.split import read_assignment
from core.training import worker
from core.training.inspection import inspect
from core.workspace import Workspace
from tests.core.dataset.builders import folder_of, take

DIGITS, OF_EACH = 3, 40
"""So that each part has as many of each, whatever their labels are."""
RECIPE = parse(
    """
    image: {height: 28, width: 28, channels: 1}
    layers:
      - {kind: Conv2D, filters: 4, kernel_size: 5, strides: 2, activation: relu}
      - {kind: Flatten}
      - {kind: Dense, units: 3, activation: softmax}
    training: {loss: categorical_crossentropy, optimizer: {kind: Adam, learning_rate: 0.01}, batch_size: 16, epochs: 3,
      keep_best: val_loss, class_weights: balanced}
    """
)


@dataclass(frozen=True)
class World:
    """A workspace with a run in it that is finished."""

    workspace: Workspace
    database: Database
    dataset: Dataset
    run_id: str = "one"

    @property
    def folder(self) -> Path:
        return store.run_folder(self.workspace, self.run_id)


@pytest.fixture(scope="module")
def digits(tmp_path_factory) -> Path:
    files = {}
    for position, member in enumerate(open_source("digits").members()):
        if position // 500 < DIGITS and position % 500 < OF_EACH:
            files[member.path] = member.read()
    return folder_of(tmp_path_factory.mktemp("files") / "digits", files)


@pytest.fixture(scope="module")
def worlds(tmp_path_factory, digits):
    """One as it is, and one whose test images cannot be read."""
    opened = [_world(tmp_path_factory.mktemp(name), digits, is_sealed=name == "sealed") for name in ("plain", "sealed")]
    yield opened
    for world in opened:
        world.database.close()


def _world(home: Path, digits: Path, *, is_sealed: bool) -> World:
    workspace = Workspace.at(home)
    database = Database.open(workspace)
    dataset = take(digits, workspace.datasets)
    register_dataset(database, dataset)
    pixels(dataset, RECIPE.image)
    admit(database, workspace, RECIPE, dataset.id, project_id=None, name="one", process=Process.of(os.getpid()))
    if is_sealed:
        _make_unreadable(dataset, read_assignment(store.run_folder(workspace, "one") / "split.csv").rows("test"))
    worker.work(database, workspace, progress.begin(database, "one", os.getpid()), Event())
    return World(workspace, database, load(workspace.datasets, dataset.id))


def _make_unreadable(dataset: Dataset, rows: np.ndarray) -> None:
    """The files of the test images hold nothing, their pixels are noise, and each has the label of another class."""
    for row in rows:
        original(dataset, row).write_bytes(b"sealed")
    path = array_path(dataset.folder, RECIPE.image)
    array = np.array(read_array(path))
    array[rows] = np.random.default_rng(0).integers(0, 256, array[rows].shape, dtype=np.uint8)
    np.save(path, array)
    manifest = read_manifest(dataset.folder)
    images = manifest.images.copy()
    labels = (images.loc[rows, "label"] + 1) % DIGITS
    images.loc[rows, "label"] = labels
    images.loc[rows, "class_name"] = [dataset.class_names[label] for label in labels]
    write_manifest(dataset.folder, replace(manifest, images=images))


def _answered(world: World, asked: Inspection) -> Inspection:
    inspection_queue.claim(world.database, Process.of(os.getpid()))
    inspect(world.workspace, asked.id, process_bytes=2**40)
    return inspections.get(world.database, asked.id)


def _training(world: World) -> Any:
    curves = history.epochs(world.database, world.run_id)
    return curves.drop(columns=["seconds", "images_per_second", "memory_bytes"]).to_dict()


def _validation(world: World) -> Any:
    judged = evaluate(world.database, world.workspace, world.run_id)
    error = calibration_error(*confidence_and_right(judged))
    return judged.to_json(), class_averages(judged), class_figures(judged).to_dict(), error


def _found(kind: AnalysisKind):
    def found(world: World) -> Any:
        task = findings.task_of(world.workspace, store.get(world.database, world.run_id), kind)
        ending = findings.find(world.workspace, task, lambda done, total: None)
        return task.key, ending.result, ending.data

    return found


def _epochs(world: World) -> Any:
    _answered(world, inspections.ask_epoch_answers(world.database, world.run_id))
    answers = EpochAnswers.stored(world.folder)
    assert answers is not None
    return {epoch: answers.after(epoch).tolist() for epoch in answers.epochs}


def _heat_map(world: World) -> Any:
    row = int(read_assignment(world.folder / "split.csv").rows("validation")[0])
    asked = inspections.ask_heat_maps(world.database, world.run_id, row, (0,), 1, "all")
    return HeatMaps.read(_answered(world, asked)).maps.tolist()


def _recalibration(world: World) -> Any:
    judged = evaluate(world.database, world.workspace, world.run_id)
    least = least_confidence_for(*confidence_and_right(judged), 0.5)
    found = recalibrated(judged, judged)
    return least, found if found is None else (found.temperature, found.evaluation.probabilities)


def _diagnosis(world: World) -> Any:
    return diagnose(case_of(world.database, world.workspace, store.get(world.database, world.run_id)))


def _report(world: World) -> Any:
    """All of it but what tells how long something took, and when it was."""
    lines = to_markdown(report_of(world.database, world.workspace, world.run_id)).splitlines()
    return [line for line in lines if not re.search("second|UTC", line)]


@pytest.mark.parametrize(
    "figures",
    [
        _training,
        _validation,
        _found(AnalysisKind.BASELINES),
        _found(AnalysisKind.SHORTCUTS),
        _epochs,
        _heat_map,
        _recalibration,
        _diagnosis,
        _report,
    ],
    ids=[
        "training",
        "validation",
        "baselines",
        "shortcuts",
        "epochs",
        "heat map",
        "recalibration",
        "diagnosis",
        "report",
    ],
)
def test_nothing_changes_where_the_test_images_cannot_be_read(worlds, figures):
    plain, sealed = worlds
    np.testing.assert_equal(figures(sealed), figures(plain))


def test_the_opening_is_what_reads_them(worlds):
    """Without this, the test above could compare two worlds that are alike."""
    plain, sealed = (
        open_test(world.database, world.workspace, world.run_id, opened_by="Kim", reason="to compare")
        for world in worlds
    )
    assert plain.images == sealed.images
    assert plain.accuracy > sealed.accuracy
