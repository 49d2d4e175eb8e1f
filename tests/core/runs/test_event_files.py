"""Event files, read back by TensorBoard itself."""

import os
import subprocess
import sys
from io import BytesIO
from zipfile import ZipFile

import pandas as pd
import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from core.runs import progress, store
from core.runs.event_files import event_files
from tests.core.runs.builders import ELSEWHERE, make_running

NAN = float("nan")
HISTORY = pd.DataFrame(
    {
        "epoch": [1, 2],
        "loss": [2.0, 1.0],
        "accuracy": [0.25, NAN],
        "val_loss": [1.5, 1.25],
        "val_accuracy": [0.5, 0.75],
        "top_3_accuracy": [0.5, 0.625],
        "val_top_3_accuracy": [0.75, 0.875],
        "learning_rate": [0.5, 0.25],
        "images_per_second": [1000.0, 2000.0],
        "memory_bytes": [NAN, 4096.0],
        "seconds": [4.0, 2.0],
    }
)
STEPS = pd.DataFrame(
    {
        "step": [1, 2, 4],
        "loss": [2.5, NAN, 1.0],
        "accuracy": [0.25, 0.5, 0.75],
        "top_3_accuracy": [0.5, 0.5, 1.0],
        "learning_rate": [0.5, 0.5, 0.25],
    }
)

EXPECTED = {  # tag: (step, value)
    "train": {
        "epoch_loss": [(1, 2.0), (2, 1.0)],
        "epoch_accuracy": [(1, 0.25)],
        "epoch_top_3_accuracy": [(1, 0.5), (2, 0.625)],
        "epoch_learning_rate": [(1, 0.5), (2, 0.25)],
        "epoch_images_per_second": [(1, 1000.0), (2, 2000.0)],
        "epoch_memory_bytes": [(2, 4096.0)],
        "epoch_seconds": [(1, 4.0), (2, 2.0)],
        "batch_loss": [(1, 2.5), (4, 1.0)],
        "batch_accuracy": [(1, 0.25), (2, 0.5), (4, 0.75)],
        "batch_top_3_accuracy": [(1, 0.5), (2, 0.5), (4, 1.0)],
        "batch_learning_rate": [(1, 0.5), (2, 0.5), (4, 0.25)],
    },
    "validation": {
        "epoch_loss": [(1, 1.5), (2, 1.25)],
        "epoch_accuracy": [(1, 0.5), (2, 0.75)],
        "epoch_top_3_accuracy": [(1, 0.75), (2, 0.875)],
    },
}


@pytest.fixture
def run(database, workspace, dataset):
    """A run of two steps per epoch, for whose figures the tables above stand."""
    run_id = make_running(database, workspace, dataset, ELSEWHERE)
    progress.begin(database, run_id, os.getpid())
    progress.describe_model(database, run_id, parameters=34, steps_per_epoch=2)
    return store.get(database, run_id)


def unpacked(packed: bytes, folder) -> None:
    with ZipFile(BytesIO(packed)) as archive:
        archive.extractall(folder)


def scalars(folder) -> dict[str, list]:
    """What TensorBoard finds in the folder, by tag."""
    accumulator = EventAccumulator(str(folder), size_guidance={"scalars": 0})
    accumulator.Reload()
    return {tag: accumulator.Scalars(tag) for tag in accumulator.Tags()["scalars"]}


def test_tensorboard_reads_what_was_measured(run, tmp_path):
    unpacked(event_files(run, HISTORY, STEPS), tmp_path / "logs")
    folders = {folder.name: scalars(folder) for folder in (tmp_path / "logs" / f"run-{run.number}").iterdir()}
    read = {
        name: {tag: [(event.step, event.value) for event in events] for tag, events in tags.items()}
        for name, tags in folders.items()
    }
    assert read == EXPECTED


def test_moments_are_those_of_the_work(run, tmp_path):
    """Epoch 1 took 4 seconds and epoch 2 took 2; step 1 is half of epoch 1."""
    unpacked(event_files(run, HISTORY, STEPS), tmp_path / "logs")
    train = scalars(tmp_path / "logs" / f"run-{run.number}" / "train")
    begin = run.created_at.timestamp()
    assert [event.wall_time - begin for event in train["epoch_loss"]] == pytest.approx([4, 6])
    assert [event.wall_time - begin for event in train["batch_accuracy"]] == pytest.approx([2, 4, 6])


def test_a_run_that_has_measured_nothing_has_files_without_figures(run, tmp_path):
    unpacked(event_files(run, HISTORY.head(0), STEPS.head(0)), tmp_path / "logs")
    assert [scalars(folder) for folder in (tmp_path / "logs" / f"run-{run.number}").iterdir()] == [{}, {}]


def test_the_files_do_not_tell_whose_machine_it_was(run):
    with ZipFile(BytesIO(event_files(run, HISTORY, STEPS))) as archive:
        assert {name.rsplit(".", 1)[1] for name in archive.namelist()} == {"layerlab"}


def test_writing_does_not_load_tensorflow():
    """TensorBoard's own writer of files would."""
    code = (
        "import sys, core.runs.event_files as files; files._file(0.0, [files._event(1.0, 1, {'loss': 1.0})]); "
        "sys.exit('tensorflow' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
