"""Many rows: copied and deleted in turns, between which others get at the database."""

from contextlib import contextmanager

import pytest
from sqlalchemy import func, insert, select

from core.errors import RunError
from core.runs import metric_rows, projects, store
from core.runs.states import RunState
from core.runs.tables import EpochRow, RunRow, StepRow
from tests.core.runs.builders import ELSEWHERE, make_recipe, make_running

STEPS = 95
EPOCHS = 30
ROWS_PER_TURN = 20


@pytest.fixture(autouse=True)
def _few_rows_per_turn(monkeypatch):
    monkeypatch.setattr(metric_rows, "ROWS_PER_TURN", ROWS_PER_TURN)


@pytest.fixture
def measured(database, workspace, dataset) -> str:
    """A run that was stopped after it had measured much, beside one that has measured as much."""
    for name in ("run", "other"):
        make_running(database, workspace, dataset, ELSEWHERE, name=name)
        steps = [{"run_id": name, "step": 3 * step, "loss": step, "accuracy": 0.5} for step in range(1, STEPS + 1)]
        epochs = [{"run_id": name, "epoch": epoch, "step": epoch, "seconds": 1.0} for epoch in range(1, EPOCHS + 1)]
        with database.writing() as session:
            session.execute(insert(StepRow), steps)
            session.execute(insert(EpochRow), epochs)
        put(database, name, RunState.STOPPED)
    return "run"


def put(database, run_id: str, state: RunState) -> None:
    with database.writing() as session:
        session.get_one(RunRow, run_id).state = state


def rows(database, run_id: str) -> tuple[int, int]:
    with database.reading() as session:
        return tuple(
            session.scalar(select(func.count()).select_from(table).where(table.run_id == run_id))
            for table in (StepRow, EpochRow)
        )


def watch_turns(monkeypatch, database, then=lambda turn: None) -> list[int]:
    """Has ``then`` called after each transaction; the list grows by one with each."""
    turns = []
    writing = database.writing

    @contextmanager
    def watched():
        with writing() as session:
            yield session
        turns.append(len(turns) + 1)
        then(len(turns))

    monkeypatch.setattr(database, "writing", watched)
    return turns


def test_metrics_are_copied_in_turns(database, workspace, dataset, measured, monkeypatch):
    make_running(database, workspace, dataset, ELSEWHERE, name="copy")
    put(database, "copy", RunState.PAUSED)
    turns = watch_turns(monkeypatch, database)
    metric_rows.copy_metrics(database, measured, "copy")
    assert rows(database, "copy") == rows(database, measured) == (STEPS, EPOCHS)
    assert len(turns) == (5 + 1) + (2 + 1), "the last turn of each table finds nothing"
    with database.reading() as session:
        copied, original = (session.get_one(StepRow, (run_id, 3 * STEPS)) for run_id in ("copy", measured))
    assert (copied.loss, copied.accuracy) == (original.loss, original.accuracy)


def test_no_more_is_copied_once_somebody_has_the_copy_continued(database, workspace, dataset, measured, monkeypatch):
    make_running(database, workspace, dataset, ELSEWHERE, name="copy")
    put(database, "copy", RunState.PAUSED)
    writing = database.writing

    def go_on(turn: int) -> None:
        if turn == 4:
            with writing() as session:
                session.get_one(RunRow, "copy").state = RunState.QUEUED

    watch_turns(monkeypatch, database, go_on)
    metric_rows.copy_metrics(database, measured, "copy")
    assert rows(database, "copy") == (ROWS_PER_TURN, EPOCHS)


def test_a_run_is_deleted_in_turns(database, workspace, measured, monkeypatch):
    turns = watch_turns(monkeypatch, database)
    store.delete(database, workspace, measured)
    assert rows(database, measured) == (0, 0)
    assert rows(database, "other") == (STEPS, EPOCHS)
    assert len(turns) == (5 + 1) + (2 + 1) + 1


def test_a_run_that_somebody_has_continued_meanwhile_is_not_deleted(database, workspace, measured, monkeypatch):
    writing = database.writing

    def go_on(turn: int) -> None:
        if turn == 1:
            with writing() as session:
                session.get_one(RunRow, measured).state = RunState.QUEUED

    watch_turns(monkeypatch, database, go_on)
    with pytest.raises(RunError, match="is not finished"):
        store.delete(database, workspace, measured)
    assert store.get(database, measured).state is RunState.QUEUED
    assert store.run_folder(workspace, measured).exists()


def test_a_project_is_deleted_with_what_its_runs_measured(database, workspace, project, dataset):
    runs = [
        store.enqueue(database, workspace, project.id, dataset.id, make_recipe(seed=seed), name=f"run{seed}").id
        for seed in range(2)
    ]
    for run_id in runs:
        store.request_stop(database, run_id)
        with database.writing() as session:
            session.execute(insert(StepRow), [{"run_id": run_id, "step": step} for step in range(1, STEPS + 1)])
    projects.delete(database, workspace, project.id)
    assert [rows(database, run_id) for run_id in runs] == [(0, 0)] * 2
    assert store.of_project(database, project.id) == []
