import os
import sys
import threading

import pytest

from core.errors import DatasetError
from core.quality.check import check
from core.quality.store import is_checked, kept_report
from core.runs import check_worker, checks
from core.runs.process import Process
from core.runs.progress_writer import CalledOffError, ProgressWriter
from core.runs.shutdown import shut_down
from core.runs.states import IntakeState
from core.runs.tables import CheckRow
from tests.core.runs.builders import ELSEWHERE, eventually

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
END_AT_ONCE = [sys.executable, "-c", ""]


def process_of(database, dataset):
    with database.reading() as session:
        return session.get_one(CheckRow, dataset.id).process


def is_finished(database, dataset) -> bool:
    return checks.state(database, dataset.id).state.is_finished


@pytest.fixture
def asleep(database, workspace, dataset):
    """A check whose process does nothing."""
    checks.start(database, workspace, dataset.id, worker=SLEEP)
    process = process_of(database, dataset)
    yield process
    process.end(patience_seconds=0)


def test_a_check_leaves_its_report_in_the_folder_of_the_dataset(database, workspace, dataset):
    assert checks.state(database, dataset.id) is None
    started = checks.start(database, workspace, dataset.id)
    assert (started.state, started.progress) == (IntakeState.WORKING, 0)
    eventually(lambda: is_finished(database, dataset))
    found = checks.state(database, dataset.id)
    assert (found.state, found.message) == (IntakeState.COMPLETED, None)
    assert (found.done, found.total, found.progress) == (20, 20, 1.0)
    assert kept_report(dataset).images == 20


def test_a_check_that_goes_on_or_is_done_is_not_started_again(asleep, database, workspace, dataset):
    assert checks.start(database, workspace, dataset.id).state is IntakeState.WORKING
    assert process_of(database, dataset) == asleep
    check(dataset, lambda done, total: None)
    checks.end(database, dataset.id, IntakeState.COMPLETED, None, asleep, images=20)
    assert checks.start(database, workspace, dataset.id, worker=END_AT_ONCE).state is IntakeState.COMPLETED


def test_two_who_start_at_once_start_one_process(database, workspace, dataset, tmp_path):
    note = [sys.executable, "-c", f"open({str(tmp_path / 'started')!r}, 'a').write('x'); import time; time.sleep(600)"]
    starters = [threading.Thread(target=checks.start, args=(database, workspace, dataset.id, note)) for _ in range(4)]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join()
    process = process_of(database, dataset)
    eventually(lambda: (tmp_path / "started").exists())
    process.end(patience_seconds=0)
    assert (tmp_path / "started").read_text() == "x"


def test_what_the_command_line_has_checked_needs_no_process(database, workspace, dataset):
    check(dataset, lambda done, total: None)
    found = checks.start(database, workspace, dataset.id, worker=SLEEP)
    assert (found.state, found.done) == (IntakeState.COMPLETED, 20)
    assert process_of(database, dataset) is None


@pytest.mark.parametrize("worker", [END_AT_ONCE, SLEEP])
def test_a_check_whose_process_is_gone_is_lost_and_can_be_started_again(database, workspace, dataset, worker):
    checks.start(database, workspace, dataset.id, worker=worker)
    process_of(database, dataset).end(patience_seconds=0)
    eventually(lambda: is_finished(database, dataset))
    lost = checks.state(database, dataset.id)
    assert lost.state is IntakeState.LOST
    assert "Check them again" in str(lost.message)
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


def test_what_nobody_expected_is_said_and_logged(database, workspace, dataset, monkeypatch, caplog):
    def fall_over(*_: object) -> None:
        raise ZeroDivisionError

    claim(database, dataset)
    monkeypatch.setattr(check_worker, "check", fall_over)
    check_worker.work(database, workspace, dataset.id)
    found = checks.state(database, dataset.id)
    assert found.state is IntakeState.FAILED
    assert str(checks.check_log(workspace)) in str(found.message)
    assert "ZeroDivisionError" in caplog.text


def test_a_dataset_that_is_gone_fails_with_its_reason(database, workspace, dataset, tmp_path):
    claim(database, dataset)
    dataset.folder.rename(tmp_path / "elsewhere")
    check_worker.work(database, workspace, dataset.id)
    assert "There is no dataset" in str(checks.state(database, dataset.id).message)


def test_a_check_that_another_process_works_on_is_left_alone(database, workspace, dataset):
    claim(database, dataset, ELSEWHERE)
    check_worker.work(database, workspace, dataset.id)
    assert not is_checked(dataset)
    assert checks.state(database, dataset.id).state is IntakeState.WORKING


def test_a_check_that_is_over_is_not_worked_on(database, workspace, dataset):
    claim(database, dataset)
    checks.end(database, dataset.id, IntakeState.LOST, None, None)
    check_worker.work(database, workspace, dataset.id)
    assert not is_checked(dataset)


def test_the_progress_is_written_while_it_goes_on(database, dataset):
    claim(database, dataset)
    with ProgressWriter(database, CheckRow, CheckRow.dataset_id == dataset.id) as progress:
        assert process_of(database, dataset) == Process.of(os.getpid())
        progress.report(15, 20)
        eventually(lambda: checks.state(database, dataset.id).progress == 0.75)


def test_work_that_nobody_wants_any_more_is_called_off(database, dataset):
    claim(database, dataset)
    wanted = (CheckRow.dataset_id == dataset.id, CheckRow.state == IntakeState.WORKING)

    def go_on() -> bool:
        try:
            progress.report(1, 20)
        except CalledOffError:
            return False
        return True

    with ProgressWriter(database, CheckRow, *wanted) as progress:
        assert go_on()
        checks.end(database, dataset.id, IntakeState.LOST, None, Process.of(os.getpid()))
        eventually(lambda: not go_on())


def test_shutting_down_ends_checks(asleep, database, workspace, dataset):
    shut_down(workspace)
    assert not asleep.is_alive
    assert checks.state(database, dataset.id).state is IntakeState.LOST


def claim(database, dataset, process=None):
    """A check that no process was started for."""
    now = database.now()
    with database.writing() as session:
        session.add(
            CheckRow(
                dataset_id=dataset.id, state=IntakeState.WORKING, process=process, created_at=now, heartbeat_at=now
            )
        )
