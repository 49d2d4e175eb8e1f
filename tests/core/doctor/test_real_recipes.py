"""A recipe for each finding, trained in a second on small real digits: what the doctor is for is to be seen in them.

Other machines compute other last digits. So each recipe shows its finding with other seeds too, and what may or may not
be found beside it is left open.
"""

import os
import zipfile
from threading import Event

import pytest

from core.dataset.sources import open_source
from core.dataset.store import Dataset
from core.doctor import diagnose
from core.doctor.reading import case_of
from core.evaluation import evaluate
from core.recipe import parse
from core.runs import progress
from core.runs.admission import admit
from core.runs.database import Database
from core.runs.process import Process
from core.runs.run import Run
from core.runs.states import RunState
from core.runs.store import get
from core.training import worker
from core.workspace import Workspace
from tests.core.dataset.builders import take

CLASSES, IMAGES_PER_CLASS, OF_EACH_DIGIT = 3, 100, 500
HALVES, FEW_TRAIN, FEW_VALIDATE = (0.5, 0.5), (0.05, 0.95), (0.9, 0.1)

CONVOLUTION = "{kind: Conv2D, filters: 8, kernel_size: 3, activation: relu}, {kind: MaxPooling2D}, {kind: Flatten}"
DROPOUT = "{kind: Dropout, rate: 0.9}"
BRIGHTNESS = "{kind: AveragePooling2D, pool_size: 14}, {kind: Flatten}"  # all that is left of an image is one number
COARSE = "{kind: AveragePooling2D, pool_size: 7}, {kind: Flatten}"  # four numbers, by which the digits overlap
SIGMOID = "{kind: Dense, units: 32, activation: sigmoid}"
SIGMOIDS = ", ".join(["{kind: Flatten}", *[SIGMOID] * 6])  # behind so many, all images look the same
WIDE = "{kind: Flatten}, {kind: Dense, units: 256, activation: relu}"
LINEAR = "{kind: Flatten}, {kind: Dense, units: 64}"
NOTHING = "{kind: Flatten}"

RECIPES = {
    "divergence": (LINEAR, "SGD, learning_rate: 10.0", "epochs: 8", HALVES),
    "class_collapse": (SIGMOIDS, "SGD, learning_rate: 0.3", "epochs: 8, class_weights: {'0': 3.0}", HALVES),
    "oscillation": (COARSE, "SGD, learning_rate: 15.0", "epochs: 40", HALVES),
    "rate_too_low": (CONVOLUTION, "SGD, learning_rate: 0.00001", "epochs: 6", HALVES),
    "overfitting": (WIDE, "Adam, learning_rate: 0.01", "epochs: 30", FEW_TRAIN),
    "underfitting": (
        BRIGHTNESS,
        "Adam, learning_rate: 3.0",
        "epochs: 40, schedule: {kind: ExponentialDecay, decay_rate: 0.1, decay_epochs: 20}",
        HALVES,
    ),
    "not_finished": (CONVOLUTION, "Adam, learning_rate: 0.003", "epochs: 10", HALVES),
    "plateau": (
        NOTHING,
        "Adam, learning_rate: 0.03",
        "epochs: 20, schedule: {kind: ExponentialDecay, decay_rate: 0.1, decay_epochs: 4}",
        HALVES,
    ),
    "validation_above_training": (
        f"{CONVOLUTION}, {DROPOUT}",
        "Adam, learning_rate: 0.01",
        "epochs: 10",
        HALVES,
    ),
    "small_validation_set": (CONVOLUTION, "Adam, learning_rate: 0.003", "epochs: 5", FEW_VALIDATE),
}

OPPOSED = (
    {"divergence", "class_collapse", "oscillation", "rate_too_low"},
    {"overfitting", "underfitting"},
    {"not_finished", "plateau"},
)
"""Of each of these one at most is true of a training."""
GOES_WELL = {"not_finished", "plateau"}
TROUBLE = OPPOSED[0] | OPPOSED[1]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory) -> Workspace:
    return Workspace.at(tmp_path_factory.mktemp("doctor") / "workspace")


@pytest.fixture(scope="module")
def database(workspace):
    database = Database.open(workspace)
    yield database
    database.close()


@pytest.fixture(scope="module")
def digits(workspace, tmp_path_factory) -> Dataset:
    """300 images: every fifth 0, 1 and 2."""
    path = tmp_path_factory.mktemp("digits") / "digits.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for position, member in enumerate(open_source("digits").members()):
            if position < CLASSES * OF_EACH_DIGIT and position % (OF_EACH_DIGIT // IMAGES_PER_CLASS) == 0:
                archive.writestr(member.path, member.read())
    return take(path, workspace.datasets)


def trained(database, workspace, digits: Dataset, kind: str, name: str) -> Run:
    layers, optimizer, course, (train, validation) = RECIPES[kind]
    recipe = parse(
        f"""
        image: {{height: 14, width: 14, channels: 1}}
        split: {{train: {train}, validation: {validation}, test: 0.0}}
        layers: [{layers}, {{kind: Dense, units: {CLASSES}, activation: softmax}}]
        training: {{loss: categorical_crossentropy, optimizer: {{kind: {optimizer}}}, {course}}}
        """
    )
    process = Process.of(os.getpid())
    run_id = admit(database, workspace, recipe, digits.id, project_id=None, name=name, process=process)
    worker.work(database, workspace, progress.begin(database, run_id, os.getpid()), Event())
    return get(database, run_id)


@pytest.mark.parametrize("kind", RECIPES)
def test_a_real_training_shows_it(database, workspace, digits, kind, capfd):
    run = trained(database, workspace, digits, kind, name=kind)
    case = case_of(database, workspace, run)
    assert case.is_over
    assert case.has_diverged == (kind == "divergence") == (run.state is RunState.FAILED)
    found = {finding.kind for finding in diagnose(case)}
    assert kind in found
    for opposed in OPPOSED:
        assert len(found & opposed) <= 1
    assert not found & TROUBLE or kind not in GOES_WELL


def test_the_answers_of_a_judged_run_are_counted(database, workspace, digits):
    run = trained(database, workspace, digits, "class_collapse", name="judged")
    assert case_of(database, workspace, run).predicted_counts is None
    evaluate(database, workspace, run.id)
    case = case_of(database, workspace, run)
    assert case.validation_counts == (50, 50, 50)
    assert sorted(case.predicted_counts) == [0, 0, 150]
    assert "150 of the 150 validation images get the same answer" in str(diagnose(case)[0].evidence)
