import os
import sys
import threading

import pytest

from core.dataset.store import load
from core.errors import DatasetError
from core.runs import analyses, analysis_work
from core.runs.analyses import WAYS, AnalysisKind, Ending, Task, analysis_log
from core.runs.process import Process
from core.runs.progress_writer import CalledOffError, ProgressWriter
from core.runs.shutdown import shut_down
from core.runs.states import IntakeState
from core.runs.tables import AnalysisRow
from tests.core.runs.builders import ELSEWHERE, eventually

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
END_AT_ONCE = [sys.executable, "-c", ""]
FOUND = Ending(IntakeState.COMPLETED, total=20, result={"right": 3}, data=b"\x00\x01")


@pytest.fixture
def task(dataset) -> Task:
    return Task(AnalysisKind.BASELINES, dataset.id, {"image": {"height": 4}})


@pytest.fixture
def asleep(database, workspace, task):
    """The process of an analysis, which does nothing."""
    analyses.start(database, workspace, task, worker=SLEEP)
    process = process_of(database, task)
    yield process
    process.end(patience_seconds=0)


def row_of(database, task) -> AnalysisRow:
    with database.reading() as session:
        return session.query(AnalysisRow).filter_by(key=task.key).one()


def process_of(database, task) -> Process | None:
    return row_of(database, task).process


def claimed(database, task, process=None) -> str:
    """The id of an analysis that no process was started for."""
    now = database.now()
    row = AnalysisRow(
        id="0123456789abcdef",
        kind=task.kind.value,
        key=task.key,
        dataset_id=task.dataset_id,
        payload=task.payload,
        state=IntakeState.WORKING,
        process=process,
        created_at=now,
        heartbeat_at=now,
    )
    with database.writing() as session:
        session.add(row)
    return row.id


def find_what_is_found(_workspace, _task, report) -> Ending:
    report(20, 20)
    return FOUND


@pytest.mark.parametrize(
    "other",
    [
        Task(AnalysisKind.SHORTCUTS, "a", {"image": 1}),
        Task(AnalysisKind.BASELINES, "b", {"image": 1}),
        Task(AnalysisKind.BASELINES, "a", {"image": 2}),
    ],
)
def test_other_work_has_another_key(other):
    task = Task(AnalysisKind.BASELINES, "a", {"image": 1})
    assert len(task.key) == 64
    assert task.key == Task(AnalysisKind.BASELINES, "a", {"image": 1}).key
    assert task.key != other.key


def test_what_was_found_is_kept(database, workspace, task):
    assert analyses.state(database, task) is None
    analysis_work.work(database, workspace, claimed(database, task), find_what_is_found)
    found = analyses.state(database, task)
    assert (found.state, found.progress, found.result, found.task) == (IntakeState.COMPLETED, 1.0, {"right": 3}, task)
    assert analyses.data_of(database, task) == b"\x00\x01"


def test_its_process_computes_with_one_thread(database, workspace, task, tmp_path):
    note = f"import os; open({str(tmp_path / 'note')!r}, 'w').write(os.environ['OMP_NUM_THREADS'])"
    analyses.start(database, workspace, task, worker=[sys.executable, "-c", note])
    eventually(lambda: (tmp_path / "note").exists() and (tmp_path / "note").read_text() == "1")


def test_what_is_worked_on_or_done_is_not_started_again(asleep, database, workspace, task):
    assert analyses.start(database, workspace, task, worker=SLEEP).state is IntakeState.WORKING
    assert process_of(database, task) == asleep
    analyses.end(database, row_of(database, task).id, FOUND, asleep)
    assert analyses.start(database, workspace, task, worker=END_AT_ONCE).state is IntakeState.COMPLETED


def test_what_is_done_anew_forgets_what_it_found_before(database, workspace, task):
    analyses.keep(database, task, FOUND)
    begun = analyses.start(database, workspace, task, worker=SLEEP, is_done_anew=True)
    process_of(database, task).end(patience_seconds=0)
    assert (begun.state, begun.done, begun.result) == (IntakeState.WORKING, 0, None)
    assert analyses.data_of(database, task) is None


def test_two_who_start_at_once_start_one_process(database, workspace, task, tmp_path):
    note = [sys.executable, "-c", f"open({str(tmp_path / 'started')!r}, 'a').write('x'); import time; time.sleep(600)"]
    starters = [threading.Thread(target=analyses.start, args=(database, workspace, task, note)) for _ in range(4)]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join()
    process = process_of(database, task)
    eventually(lambda: (tmp_path / "started").exists())
    process.end(patience_seconds=0)
    assert (tmp_path / "started").read_text() == "x"


@pytest.fixture
def tasks(database, workspace, dataset):
    """Five that were started one after the other."""
    tasks = [Task(AnalysisKind.BASELINES, dataset.id, {"number": number}) for number in range(5)]
    for task in tasks:
        analyses.start(database, workspace, task, worker=SLEEP)
    yield tasks
    for task in tasks:
        process = process_of(database, task)
        if process is not None:
            process.end(patience_seconds=0)


def states(database, tasks) -> str:
    """``w`` for those at work, ``q`` for those that wait, and so on."""
    return "".join(analyses.state(database, task).state[0] for task in tasks)


def test_two_are_at_work_and_the_others_wait(database, tasks):
    assert states(database, tasks) == "wwqqq"
    assert [process_of(database, task) is not None for task in tasks] == [True, True, False, False, False]
    waiting = analyses.state(database, tasks[2])
    assert (waiting.progress, waiting.state.is_finished) == (0, False)


def test_whoever_looks_next_begins_the_one_that_has_waited_longest(database, workspace, tasks):
    analyses.end(database, row_of(database, tasks[1]).id, FOUND, process_of(database, tasks[1]))
    assert analyses.start(database, workspace, tasks[4], worker=SLEEP).state.is_waiting
    assert states(database, tasks) == "wcwqq"
    assert process_of(database, tasks[2]).is_alive


def test_one_whose_process_is_gone_keeps_nobody_waiting(database, workspace, tasks):
    process_of(database, tasks[0]).end(patience_seconds=0)
    analyses.start(database, workspace, tasks[2], worker=SLEEP)
    assert states(database, tasks) == "lwwqq"


def test_of_many_who_look_at_once_none_begins_too_much(database, workspace, tasks):
    for task in tasks[:2]:
        analyses.end(database, row_of(database, task).id, FOUND, process_of(database, task))
    lookers = [threading.Thread(target=analyses.start, args=(database, workspace, task, SLEEP)) for task in tasks * 2]
    for looker in lookers:
        looker.start()
    for looker in lookers:
        looker.join()
    assert states(database, tasks) == "ccwwq"


def test_what_waits_can_be_done_elsewhere(database, workspace, tasks):
    analyses.keep(database, tasks[2], FOUND)
    assert states(database, tasks) == "wwcqq"


def test_what_was_done_elsewhere_needs_no_process(database, workspace, task):
    analyses.keep(database, task, FOUND)
    found = analyses.start(database, workspace, task, worker=SLEEP)
    assert (found.state, found.result, process_of(database, task)) == (IntakeState.COMPLETED, {"right": 3}, None)


def test_what_a_process_works_on_is_not_overwritten_by_who_was_quicker(asleep, database, task):
    analyses.keep(database, task, FOUND)
    assert analyses.state(database, task).state is IntakeState.WORKING
    assert process_of(database, task) == asleep


@pytest.mark.parametrize("worker", [END_AT_ONCE, SLEEP])
@pytest.mark.parametrize("kind", AnalysisKind)
def test_an_analysis_whose_process_is_gone_is_lost_and_says_so(database, workspace, dataset, worker, kind):
    task = Task(kind, dataset.id)
    analyses.start(database, workspace, task, worker=worker)
    process_of(database, task).end(patience_seconds=0)
    eventually(lambda: analyses.state(database, task).state.is_finished)
    lost = analyses.state(database, task)
    assert (lost.state, str(lost.message)) == (IntakeState.LOST, WAYS[kind].lost)
    assert analyses.start(database, workspace, task, worker=END_AT_ONCE).state is IntakeState.WORKING


def test_images_that_are_not_there_cannot_be_worked_on(database, workspace):
    with pytest.raises(DatasetError, match="There is no dataset 0123456789abcdef"):
        analyses.start(database, workspace, Task(AnalysisKind.BASELINES, "0123456789abcdef"))


@pytest.mark.parametrize("kind", AnalysisKind)
def test_what_nobody_expected_is_said_and_logged(database, workspace, dataset, caplog, kind):
    def fall_over(*_: object) -> Ending:
        raise ZeroDivisionError

    task = Task(kind, dataset.id)
    analysis_work.work(database, workspace, claimed(database, task), fall_over)
    found = analyses.state(database, task)
    assert found.state is IntakeState.FAILED
    assert str(analysis_log(workspace, kind)) in str(found.message)
    assert "ZeroDivisionError" in caplog.text


def test_a_dataset_that_is_gone_fails_with_its_reason(database, workspace, dataset, task, tmp_path):
    dataset.folder.rename(tmp_path / "elsewhere")
    analysis_work.work(
        database,
        workspace,
        claimed(database, task),
        lambda workspace, task, report: load(workspace.datasets, task.dataset_id),
    )
    assert "There is no dataset" in str(analyses.state(database, task).message)


def test_what_another_process_works_on_is_left_alone(database, workspace, task):
    analysis_work.work(database, workspace, claimed(database, task, ELSEWHERE), find_what_is_found)
    assert analyses.state(database, task).state is IntakeState.WORKING


def test_what_is_over_is_not_worked_on(database, workspace, task):
    analysis_id = claimed(database, task)
    analyses.end(database, analysis_id, Ending(IntakeState.LOST), None)
    analysis_work.work(database, workspace, analysis_id, find_what_is_found)
    assert analyses.state(database, task).state is IntakeState.LOST


def test_the_progress_is_written_while_it_goes_on(database, task):
    claimed(database, task)
    with ProgressWriter(database, AnalysisRow, AnalysisRow.key == task.key) as progress:
        assert process_of(database, task) == Process.of(os.getpid())
        progress.report(15, 20)
        eventually(lambda: analyses.state(database, task).progress == 0.75)


def test_work_that_nobody_wants_any_more_is_called_off(database, task):
    analysis_id = claimed(database, task)
    wanted = (AnalysisRow.id == analysis_id, AnalysisRow.state == IntakeState.WORKING)

    def go_on() -> bool:
        try:
            progress.report(1, 20)
        except CalledOffError:
            return False
        return True

    with ProgressWriter(database, AnalysisRow, *wanted) as progress:
        assert go_on()
        analyses.end(database, analysis_id, Ending(IntakeState.LOST), Process.of(os.getpid()))
        eventually(lambda: not go_on())


def test_shutting_down_ends_analyses(asleep, database, workspace, task):
    shut_down(workspace)
    assert not asleep.is_alive
    assert analyses.state(database, task).state is IntakeState.LOST
