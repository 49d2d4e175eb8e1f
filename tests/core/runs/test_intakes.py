import os
import signal
import sys
import zipfile

import pytest

from core.dataset.editing import RenameClass
from core.dataset.store import load, pixels
from core.errors import DatasetError, ProjectError
from core.message import say
from core.recipe import default_recipe
from core.runs import intake_worker, intakes, projects, versions
from core.runs.datasets import dataset_summary
from core.runs.shutdown import shut_down
from core.runs.states import IntakeState
from core.runs.tables import IntakeRow
from tests.core.dataset.builders import folder_of, plain
from tests.core.runs.builders import eventually, make_dataset, make_recipe, write_images

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
END_AT_ONCE = [sys.executable, "-c", ""]


@pytest.fixture
def upload(workspace, tmp_path):
    """A zip of tiny images, spooled as the page does it."""
    images = write_images(tmp_path / "pets")
    (images / "notes.txt").write_text("not an image")
    path = workspace.home / "uploads" / "token" / "pets.zip"
    path.parent.mkdir(parents=True)
    with zipfile.ZipFile(path, "w") as archive:
        for file in images.rglob("*.*"):
            archive.write(file, file.relative_to(images))
    return path


@pytest.fixture
def asleep(database, workspace, project, upload):
    """An intake whose process does nothing."""
    intake = intakes.start(database, workspace, project.id, str(upload), "pets", worker=SLEEP)
    with database.reading() as session:
        process = session.get_one(IntakeRow, intake.id).process
    yield intake, process
    process.end(patience_seconds=0)


def spooled(workspace, images: int):
    """A zip of so many images in two classes, spooled as the page does it."""
    path = workspace.home / "uploads" / "large" / "large.zip"
    path.parent.mkdir(parents=True)
    grey = [plain(number) for number in range(256)]
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(images):
            archive.writestr(f"{'cats' if number % 2 else 'dogs'}/{number}.png", grey[number % 256])
    return path


def is_finished(database, project) -> bool:
    return intakes.latest(database, project.id).state.is_finished


def test_an_upload_becomes_the_dataset_and_the_first_draft_of_its_project(database, workspace, project, upload):
    assert intakes.latest(database, project.id) is None
    started = intakes.start(database, workspace, project.id, str(upload), "Our pets")
    assert (started.state, started.progress) == (IntakeState.WORKING, 0)
    eventually(lambda: is_finished(database, project))
    intake = intakes.latest(database, project.id)
    assert (intake.id, intake.state, intake.message) == (started.id, IntakeState.COMPLETED, None)
    assert (intake.done, intake.total, intake.progress) == (21, 21, 1.0)
    summary = dataset_summary(database, intake.dataset_id)
    assert (summary.name, summary.images, summary.refused) == ("Our pets", 20, 1)
    found = projects.get(database, project.id)
    assert found.dataset_id == intake.dataset_id
    assert found.draft == default_recipe(summary.image_size, classes=2)
    eventually(lambda: not upload.parent.exists())


def test_a_draft_that_is_there_is_left_alone(database, workspace, project, upload):
    projects.save_draft(database, project.id, make_recipe())
    intake = intakes.start(database, workspace, project.id, str(upload), "pets")
    eventually(lambda: is_finished(database, project))
    found = projects.get(database, project.id)
    assert (found.draft, found.dataset_id) == (make_recipe(), intakes.get(database, intake.id).dataset_id)


def test_images_that_cannot_be_taken_in_fail_with_their_reason(database, workspace, project, upload):
    upload.write_bytes(b"no archive")
    intakes.start(database, workspace, project.id, str(upload), "pets")
    eventually(lambda: is_finished(database, project))
    intake = intakes.latest(database, project.id)
    assert intake.state is IntakeState.FAILED
    assert "pets" in str(intake.message)
    assert not upload.parent.exists()
    assert projects.get(database, project.id).dataset_id is None


def test_what_nobody_expected_is_said_and_logged(asleep, database, workspace, project, monkeypatch, caplog):
    def fall_over(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(intake_worker, "take_in", fall_over)
    intake_worker.work(database, workspace, asleep[0].id)
    intake = intakes.latest(database, project.id)
    assert intake.state is IntakeState.FAILED
    assert str(intakes.intake_log(workspace)) in str(intake.message)
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("worker", [END_AT_ONCE, SLEEP])
def test_an_intake_whose_process_is_gone_is_lost(database, workspace, project, upload, worker):
    intake = intakes.start(database, workspace, project.id, str(upload), "pets", worker=worker)
    with database.reading() as session:
        process = session.get_one(IntakeRow, intake.id).process
    process.end(patience_seconds=0)
    eventually(lambda: is_finished(database, project))
    lost = intakes.latest(database, project.id)
    assert lost.state is IntakeState.LOST
    assert "nothing of them was kept" in str(lost.message)
    assert not upload.parent.exists()


def test_a_project_takes_in_one_thing_at_a_time(asleep, database, workspace, project):
    with pytest.raises(ProjectError, match="pets are still being taken in"):
        intakes.start(database, workspace, project.id, "digits", "digits")


def test_a_project_that_is_not_there_takes_nothing_in(database, workspace):
    with pytest.raises(ProjectError, match="There is no project 1234"):
        intakes.start(database, workspace, "1234", "digits", "digits")


def test_a_source_that_is_not_an_upload_is_not_deleted(database, workspace, project, tmp_path):
    images = write_images(tmp_path / "own")
    intake = intakes.start(database, workspace, project.id, str(images), "own", worker=END_AT_ONCE)
    eventually(lambda: is_finished(database, project))
    assert intakes.get(database, intake.id).state is IntakeState.LOST
    assert images.exists()


def test_an_intake_that_was_given_up_changes_nothing_any_more(asleep, database, workspace, project, tmp_path):
    intakes.end(database, asleep[0].id, IntakeState.FAILED, say("Full disk."))
    dataset = make_dataset(workspace, tmp_path / "images")
    intake_worker.complete(database, asleep[0].id, dataset)
    assert intakes.get(database, asleep[0].id).message == say("Full disk.")
    assert projects.get(database, project.id).dataset_id is None


def test_the_progress_is_written_while_it_goes_on(asleep, database):
    with intake_worker.progress_writer(database, asleep[0].id) as progress:
        progress.report(3, 4)
        eventually(lambda: intakes.get(database, asleep[0].id).progress == 0.75)


def test_the_pace_is_told_while_it_goes_on_and_not_afterwards(asleep, database):
    with intake_worker.progress_writer(database, asleep[0].id) as progress:
        progress.report(1, 1000)
        eventually(lambda: intakes.get(database, asleep[0].id).done == 1)
        progress.report(400, 1000)
        eventually(lambda: intakes.get(database, asleep[0].id).files_per_second)
        intake = intakes.get(database, asleep[0].id)
    assert intake.seconds_left == pytest.approx(600 / intake.files_per_second)
    assert intake.message is None
    intakes.end(database, intake.id, IntakeState.FAILED, say("Full disk."))
    over = intakes.get(database, intake.id)
    assert (over.files_per_second, over.seconds_left, over.message) == (None, None, say("Full disk."))


def test_shutting_down_ends_intakes(asleep, database, workspace, project):
    shut_down(workspace)
    intake, process = asleep
    assert not process.is_alive
    assert intakes.get(database, intake.id).state is IntakeState.LOST


def take_in(database, workspace, project, source, name, **how):
    intake = intakes.start(database, workspace, project.id, str(source), name, **how)
    eventually(lambda: is_finished(database, project))
    return intakes.get(database, intake.id)


def changes(database, project) -> list[str]:
    return [str(version.change) for version in versions.history(database, project.id)]


def test_images_are_added_to_those_of_the_project_or_replace_them(database, workspace, project, upload, tmp_path):
    first = take_in(database, workspace, project, upload, "pets")
    loose = folder_of(tmp_path / "loose", {"1.png": plain(7), "2.png": plain(8)})
    added = take_in(database, workspace, project, loose, "loose", base_id=first.dataset_id, into_class=" owls ")
    assert (added.base_id, added.into_class, added.message) == (first.dataset_id, "owls", None)
    summary = dataset_summary(database, added.dataset_id)
    assert (summary.name, summary.images, set(summary.class_names)) == ("pets", 22, {"dogs", "owls", "고양이"})
    other = folder_of(tmp_path / "other", {"a/1.png": plain(1), "b/2.png": plain(2)})
    replaced = take_in(database, workspace, project, other, "other")
    assert changes(database, project) == ["20 images added", "2 images added", "images replaced by other"]
    assert projects.get(database, project.id).dataset_id == replaced.dataset_id
    assert versions.undo(database, project.id, replaced.dataset_id) == added.dataset_id


def test_images_that_are_taken_in_again_are_no_new_version(database, workspace, project, tmp_path):
    images = write_images(tmp_path / "pets")
    once, again = (take_in(database, workspace, project, images, "pets") for _ in range(2))
    assert once.dataset_id == again.dataset_id
    assert changes(database, project) == ["20 images added"]


def test_a_class_name_that_cannot_be_is_said_at_once(database, workspace, project):
    with pytest.raises(DatasetError, match="A class cannot be called a/b"):
        intakes.start(database, workspace, project.id, "digits", "digits", into_class="a/b")
    assert intakes.latest(database, project.id) is None


def test_images_are_not_added_to_what_was_changed_meanwhile(database, workspace, project, dataset, tmp_path):
    projects.set_dataset(database, project.id, dataset.id)
    loose = folder_of(tmp_path / "loose", {"dogs/new.png": plain(7)})
    intake = intakes.start(database, workspace, project.id, str(loose), "loose", worker=SLEEP, base_id=dataset.id)
    other = make_dataset(workspace, tmp_path / "other")
    edited = versions.apply_edit(RenameClass("dogs", "owls"), other, workspace.datasets)
    versions.register_dataset(database, edited)
    projects.set_dataset(database, project.id, edited.id)
    intake_worker.work(database, workspace, intake.id)
    ended = intakes.get(database, intake.id)
    assert ended.state is IntakeState.FAILED
    assert "The images of Pets were changed in another tab" in str(ended.message)
    assert projects.get(database, project.id).dataset_id == edited.id
    intakes.end_all(database)


def test_an_intake_that_is_called_off_ends_at_once_and_leaves_nothing(database, workspace, project):
    large_upload = spooled(workspace, 20_000)
    intake = intakes.start(database, workspace, project.id, str(large_upload), "large")
    eventually(lambda: intakes.get(database, intake.id).done)
    cancelled = intakes.cancel(database, intake.id, patience_seconds=60)
    assert (cancelled.state, cancelled.message) == (IntakeState.CANCELLED, None)
    assert 0 < cancelled.done < 20_000
    eventually(lambda: list(workspace.datasets.iterdir()) == [])
    assert not large_upload.parent.exists()
    assert projects.get(database, project.id).dataset_id is None
    assert intakes.latest(database, project.id).state is IntakeState.CANCELLED


def test_a_process_that_does_not_obey_is_ended(asleep, database, upload):
    intake, process = asleep
    assert intakes.cancel(database, intake.id, patience_seconds=0).state is IntakeState.CANCELLED
    eventually(lambda: not process.is_alive)
    assert not upload.parent.exists()


def test_what_is_over_cannot_be_called_off(database, workspace, project, upload):
    intake = take_in(database, workspace, project, upload, "pets")
    assert intakes.cancel(database, intake.id) == intake
    assert projects.get(database, project.id).dataset_id == intake.dataset_id


def test_an_intake_that_is_called_off_at_the_very_end_changes_nothing(database, workspace, project, asleep):
    with database.writing() as session:
        session.get_one(IntakeRow, asleep[0].id).cancel_requested = True
    intake_worker.work(database, workspace, asleep[0].id)
    assert intakes.get(database, asleep[0].id).state is IntakeState.CANCELLED
    assert projects.get(database, project.id).dataset_id is None


def seen(pattern: str, number: int):
    """Whether an intake at work has made as many files."""
    return lambda datasets: len(list(datasets.glob(f".intake-*/dataset/{pattern}"))) >= number


@pytest.mark.parametrize(
    "moment",
    [
        *(pytest.param(seen("originals/*/*", number), id=f"{number} originals") for number in (1, 60, 200)),
        pytest.param(seen("arrays/*", 1), id="pixels"),
        pytest.param(seen("manifest.parquet", 1), id="manifest"),
        pytest.param(lambda datasets: list(datasets.glob("[!.]*")), id="dataset"),
    ],
)
def test_an_intake_that_is_killed_leaves_no_half_dataset_and_can_be_started_again(database, workspace, project, moment):
    source = spooled(workspace, 600).rename(workspace.home / "kept.zip")
    intake = intakes.start(database, workspace, project.id, str(source), "large")
    with database.reading() as session:
        process = session.get_one(IntakeRow, intake.id).process
    while process.is_alive and not moment(workspace.datasets):
        pass
    if process.is_alive:
        os.kill(process.pid, signal.SIGKILL)
    eventually(lambda: is_finished(database, project))
    for folder in workspace.datasets.glob("[!.]*"):
        whole = load(workspace.datasets, folder.name)
        assert len(pixels(whole, whole.image_size)) == 600
    again = take_in(database, workspace, project, source, "large")
    assert again.state is IntakeState.COMPLETED
    assert dataset_summary(database, again.dataset_id).images == 600


@pytest.mark.parametrize("state", [IntakeState.CANCELLED, IntakeState.FAILED, IntakeState.LOST])
def test_what_was_collected_class_by_class_is_there_for_another_try(database, workspace, project, state):
    collection = workspace.collection(project.id)
    collection.mkdir(parents=True)
    (collection / "picture.png").write_bytes(b"not to be had again")
    intake = intakes.start(database, workspace, project.id, str(collection), "collected", worker=SLEEP)
    intakes.end(database, intake.id, state, None)
    assert (collection / "picture.png").exists()
    intakes.end_all(database)
