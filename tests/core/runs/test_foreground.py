import _thread
import os
import threading

import pytest

from core.errors import RunError
from core.runs import foreground, store
from core.runs.progress import EpochMetrics
from core.runs.shutdown import shut_down
from core.runs.states import RunState
from tests.core.runs.builders import EPOCHS, eventually, fake_worker, make_recipe, noted
from tests.core.runs.fake_worker import STEPS_PER_EPOCH


@pytest.fixture
def train(database, workspace, dataset):
    def train(behaviour: str, on_epoch=lambda metrics: None, name: str | None = None):
        worker = fake_worker(behaviour)
        return foreground.train(database, workspace, make_recipe(), dataset.id, name, on_epoch, worker)

    yield train
    shut_down(workspace, patience_seconds=0)


def test_a_whole_run_reports_each_epoch_once(train):
    seen: list[EpochMetrics] = []
    run = train("train", seen.append, name="mine")
    assert (run.id, run.state, run.project_id, run.number) == ("mine", RunState.COMPLETED, None, 1)
    assert [metrics.epoch for metrics in seen] == list(range(1, EPOCHS + 1))
    assert seen[1] == EpochMetrics(2, 0.5, 0.5, 0.5, 0.6, 0.1, step=4)


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("crash", "ended without a word"),
        ("be_killed", "memory ran out"),
        ("fault", "signal SIGSEGV"),
        ("cannot_start", "ended without a word"),
    ],
)
def test_a_run_whose_process_is_gone_is_lost(train, behaviour, reason):
    run = train(behaviour)
    assert run.state is RunState.LOST
    assert reason in str(run.message)


def test_ctrl_c_stops_the_run_in_an_orderly_way(train):
    def press_ctrl_c(metrics: EpochMetrics) -> None:
        raise KeyboardInterrupt

    run = train("obey", press_ctrl_c)
    assert (run.state, run.epoch) == (RunState.STOPPED, 1)


@pytest.mark.parametrize(("behaviour", "epoch"), [("crash", 1), ("cannot_start", 0)])
def test_a_lost_run_is_resumed_and_reports_the_epochs_that_it_does_now(database, workspace, train, behaviour, epoch):
    seen: list[EpochMetrics] = []
    lost = train(behaviour, name="mine")
    assert (lost.state, lost.epoch) == (RunState.LOST, epoch)
    run = foreground.resume(database, workspace, "mine", seen.append, fake_worker("train"))
    assert (run.state, run.epoch) == (RunState.COMPLETED, EPOCHS)
    assert run.resumed_at == ((epoch, epoch * STEPS_PER_EPOCH) if epoch else None)
    assert [metrics.epoch for metrics in seen] == list(range(epoch + 1, EPOCHS + 1))


def test_only_a_run_that_has_not_done_all_is_resumed(database, workspace, train):
    train("train", name="mine")
    with pytest.raises(RunError, match="is completed"):
        foreground.resume(database, workspace, "mine", lambda metrics: None, fake_worker("train"))
    with pytest.raises(RunError, match="There is no run called unknown"):
        foreground.resume(database, workspace, "unknown", lambda metrics: None, fake_worker("train"))


@pytest.mark.usefixtures("listens_to_ctrl_c")
def test_a_second_ctrl_c_ends_the_process(train, database, workspace):
    def press_ctrl_c_twice() -> None:
        eventually(lambda: noted(workspace, "workers"))
        eventually(lambda: store.get(database, "mine").started_at)
        _thread.interrupt_main()
        eventually(lambda: store.get(database, "mine").stop_requested)
        _thread.interrupt_main()

    person = threading.Thread(target=press_ctrl_c_twice)
    person.start()
    run = train("hang", name="mine")
    person.join()
    assert run.state is RunState.LOST
    assert not run.process.is_alive


def test_the_command_line_answers_for_a_run_until_its_worker_does(database, workspace, dataset, train):
    run = train("cannot_start")
    assert run.process.pid == os.getpid()


def test_a_name_is_given_once(train):
    train("train", name="mine")
    with pytest.raises(RunError, match="There is a run called mine already"):
        train("train", name="mine")
