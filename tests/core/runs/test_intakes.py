import sys
import zipfile

import pytest

from core.errors import ProjectError
from core.message import say
from core.recipe import default_recipe
from core.runs import intake_worker, intakes, projects
from core.runs.datasets import dataset_summary
from core.runs.shutdown import shut_down
from core.runs.states import IntakeState
from core.runs.tables import IntakeRow
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
    intakes.end_with_trouble(database, asleep[0].id, IntakeState.FAILED, say("Full disk."))
    dataset = make_dataset(workspace, tmp_path / "images")
    intake_worker.complete(database, asleep[0].id, dataset)
    assert intakes.get(database, asleep[0].id).message == say("Full disk.")
    assert projects.get(database, project.id).dataset_id is None


def test_the_progress_is_written_while_it_goes_on(asleep, database):
    with intake_worker.ProgressWriter(database, asleep[0].id) as progress:
        progress.report(3, 4)
        eventually(lambda: intakes.get(database, asleep[0].id).progress == 0.75)


def test_shutting_down_ends_intakes(asleep, database, workspace, project):
    shut_down(workspace)
    intake, process = asleep
    assert not process.is_alive
    assert intakes.get(database, intake.id).state is IntakeState.LOST
