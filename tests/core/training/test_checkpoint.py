"""What is on the disk is a whole checkpoint, whatever happens while it is written."""

import os
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from core.errors import RunError
from core.runs import progress
from core.runs.admission import admit
from core.runs.process import Process
from core.runs.states import RunState
from core.runs.store import get, run_folder
from core.training import checkpoint, worker
from core.training.checkpoint import FOLDER, Checkpoints, Interval, Snapshot, read, write
from tests.core.training.nets import SMALL_NET, recipe_of
from tests.core.training.stored import make_dataset

UNFINISHED, FINISHED = ".unfinished-state.npz", "state.npz"
EVERY_STEP = Interval(steps=1)


def snapshot_of(step: int) -> Snapshot:
    return Snapshot({"step": step, "none": None, "share": 0.1}, {"weights": np.full((2, 3), step, np.float32)})


def test_a_checkpoint_is_read_as_it_was_written(tmp_path: Path) -> None:
    arrays = {"numbers": np.arange(6, dtype=np.int64).reshape(2, 3), "none": np.zeros((0, 2), np.float32)}

    write(tmp_path / "new", Snapshot({"step": 7, "factor": 0.1, "best": None}, arrays))

    found = read(tmp_path / "new")
    assert found.content == {"step": 7, "factor": 0.1, "best": None}
    assert found.arrays.keys() == arrays.keys()
    for name, array in arrays.items():
        np.testing.assert_array_equal(found.arrays[name], array, strict=True)


def test_where_none_was_written_there_is_none(tmp_path: Path) -> None:
    assert read(tmp_path / "nothing") is None


def test_the_later_one_takes_the_place_of_the_earlier(tmp_path: Path) -> None:
    for step in (1, 2):
        write(tmp_path, snapshot_of(step))

    assert read(tmp_path).content["step"] == 2
    assert [path.name for path in tmp_path.iterdir()] == [FINISHED]


@pytest.mark.parametrize("rest", [b"", b"PK\x03\x04 half of it"])
def test_one_that_was_not_finished_is_ignored_and_written_over(tmp_path: Path, rest: bytes) -> None:
    write(tmp_path, snapshot_of(1))
    (tmp_path / UNFINISHED).write_bytes(rest)

    assert read(tmp_path).content["step"] == 1

    write(tmp_path, snapshot_of(2))
    assert read(tmp_path).content["step"] == 2


def test_one_that_was_not_finished_alone_is_none(tmp_path: Path) -> None:
    (tmp_path / UNFINISHED).write_bytes(b"half of it")

    assert read(tmp_path) is None


def test_an_error_while_it_is_written_leaves_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks_off(file, **_: object) -> None:
        file.write(b"half of it")
        raise OSError("unplugged")

    write(tmp_path, snapshot_of(1))
    monkeypatch.setattr(checkpoint.np, "savez", breaks_off)

    with pytest.raises(OSError, match="unplugged"):
        write(tmp_path, snapshot_of(2))

    assert read(tmp_path).content["step"] == 1


DAMAGES = {
    "empty": lambda whole: b"",
    "cut off": lambda whole: whole[: len(whole) // 2],
    "another file": lambda whole: b"no archive at all",
    "a changed byte": lambda whole: whole.replace(np.full(6, 1, np.float32).tobytes(), b"\x07" * 24),
    "without its content": lambda whole: whole.replace(b"content.npy", b"lost_it.npy"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_one_is_refused_in_a_sentence(tmp_path: Path, damage) -> None:
    write(tmp_path, snapshot_of(1))
    whole = (tmp_path / FINISHED).read_bytes()
    (tmp_path / FINISHED).write_bytes(damage(whole))
    assert damage(whole) != whole

    with pytest.raises(RunError, match=r"The checkpoint .*state\.npz is damaged \(.*Start it again\."):
        read(tmp_path)


@pytest.mark.parametrize(
    ("interval", "seconds", "steps", "cost", "expected"),
    [
        (Interval(), 9.9, 10**6, 0.1, False),
        (Interval(), 10.0, 1, 0.1, True),
        (Interval(), 19.9, 1, 1.0, False),  # it took 1 s, of which 20 s are 5 %
        (Interval(), 20.0, 1, 1.0, True),
        (Interval(), 24.9, 1, 60.0, False),
        (Interval(), 25.0, 1, 60.0, True),  # never more than 25 s are at stake
        (Interval(steps=3), 0.0, 2, 0.0, False),
        (Interval(steps=3), 0.0, 3, 60.0, True),
    ],
)
def test_a_checkpoint_is_due_by_time_or_by_steps_and_less_often_where_it_is_dear(
    interval: Interval, seconds: float, steps: int, cost: float, expected: bool
) -> None:
    assert interval.is_due(seconds, steps, cost) is expected


@pytest.mark.parametrize(
    ("environment", "interval"),
    [
        ({}, Interval(10.0, None)),
        ({"LAYERLAB_CHECKPOINT_SECONDS": "2.5"}, Interval(2.5, None)),
        ({"LAYERLAB_CHECKPOINT_SECONDS": "", "LAYERLAB_CHECKPOINT_STEPS": "7"}, Interval(10.0, 7)),
    ],
)
def test_the_interval_is_taken_from_the_environment(environment: dict[str, str], interval: Interval) -> None:
    assert Interval.from_environment(environment) == interval


def test_steps_are_counted_from_the_last_one_also_where_it_was_read(tmp_path: Path) -> None:
    write(tmp_path, snapshot_of(10))
    checkpoints = Checkpoints(tmp_path, Interval(seconds=1e9, steps=3))
    checkpoints.read()

    assert [checkpoints.is_due(step) for step in (10, 12, 13)] == [False, False, True]
    checkpoints.write(snapshot_of(13))
    assert [checkpoints.is_due(step) for step in (13, 15, 16)] == [False, False, True]


@pytest.fixture
def begun(database, workspace, tmp_path):
    """A run that this process has begun, and the folder of its checkpoints."""
    dataset = make_dataset(workspace, tmp_path / "rows", 60)
    process = Process.of(os.getpid())
    admit(database, workspace, recipe_of(SMALL_NET), dataset.id, project_id=None, name="one", process=process)
    folder = run_folder(workspace, "one") / FOLDER
    folder.mkdir()
    return progress.begin(database, "one", os.getpid()), folder


def test_a_full_disk_ends_the_run_with_its_sentence(database, workspace, begun, capfd) -> None:
    run, folder = begun
    (folder / UNFINISHED).symlink_to("/dev/full")

    state = worker.work(database, workspace, run, Event(), EVERY_STEP)

    assert state is RunState.FAILED
    assert str(get(database, run.id).message).startswith("The disk is full")
    assert not (folder / FINISHED).exists()


def test_a_damaged_checkpoint_ends_the_run_with_its_sentence(database, workspace, begun, capfd) -> None:
    run, folder = begun
    (folder / FINISHED).write_bytes(b"no archive at all")

    state = worker.work(database, workspace, run, Event(), EVERY_STEP)

    assert state is RunState.FAILED
    assert "state.npz is damaged" in str(get(database, run.id).message)
