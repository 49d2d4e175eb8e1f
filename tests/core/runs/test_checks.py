import sys

import pytest

from core.errors import DatasetError
from core.quality.check import check
from core.quality.store import is_checked, kept_report
from core.runs import analyses, checks
from core.runs.states import IntakeState
from tests.core.runs.builders import eventually

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]


def process_of(database, dataset):
    with database.reading() as session:
        return session.query(analyses.AnalysisRow).filter_by(key=checks.task(dataset.id).key).one().process


def is_finished(database, dataset) -> bool:
    return checks.state(database, dataset.id).state.is_finished


def test_a_check_leaves_its_report_in_the_folder_of_the_dataset(database, workspace, dataset):
    assert checks.state(database, dataset.id) is None
    started = checks.start(database, workspace, dataset.id)
    assert (started.dataset_id, started.state, started.progress) == (dataset.id, IntakeState.WORKING, 0)
    eventually(lambda: is_finished(database, dataset))
    found = checks.state(database, dataset.id)
    assert (found.state, found.message) == (IntakeState.COMPLETED, None)
    assert (found.done, found.total, found.progress) == (20, 20, 1.0)
    assert kept_report(dataset).images == 20


def test_what_the_command_line_has_checked_needs_no_process(database, workspace, dataset):
    check(dataset, lambda done, total: None)
    found = checks.start(database, workspace, dataset.id, worker=SLEEP)
    assert (found.state, found.done) == (IntakeState.COMPLETED, 20)
    assert process_of(database, dataset) is None


def test_a_check_that_is_lost_can_be_started_again(database, workspace, dataset):
    checks.start(database, workspace, dataset.id, worker=SLEEP)
    process_of(database, dataset).end(patience_seconds=0)
    eventually(lambda: is_finished(database, dataset))
    lost = checks.state(database, dataset.id)
    assert (lost.state, str(lost.message)) == (
        IntakeState.LOST,
        "The process that checked the images is gone. Check them again.",
    )
    checks.start(database, workspace, dataset.id)
    eventually(lambda: is_finished(database, dataset))
    assert checks.state(database, dataset.id).state is IntakeState.COMPLETED
    assert is_checked(dataset)


def test_a_report_that_is_gone_is_made_anew(database, workspace, dataset):
    check(dataset, lambda done, total: None)
    checks.start(database, workspace, dataset.id)
    (dataset.folder / "quality.json").unlink()
    checks.start(database, workspace, dataset.id)
    eventually(lambda: is_finished(database, dataset))
    assert is_checked(dataset)


def test_images_that_are_not_there_cannot_be_checked(database, workspace):
    with pytest.raises(DatasetError, match="There is no dataset 0123456789abcdef"):
        checks.start(database, workspace, "0123456789abcdef")
