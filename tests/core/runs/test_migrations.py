"""What databases of earlier versions hold is there after the upgrade."""

import json
from contextlib import contextmanager

import pytest
from alembic import command
from alembic.config import Config

from core.runs import control, history, projects, queue, store
from core.runs.conductors import unsettled
from core.runs.database import Database, connect
from core.runs.migrations import FOLDER
from core.runs.states import RunState
from core.runs.tables import RunRow
from tests.core.runs.builders import make_recipe

RUNS = [  # id, number, state, created_at, started_at, finished_at
    ("late", 3, "queued", "2026-01-31 12:00:02.000000", None, None),
    ("early", 1, "completed", "2026-01-31 12:00:00.000000", "2026-01-31 12:00:05.000000", "2026-01-31 12:00:25.000000"),
    ("twin", 2, "queued", "2026-01-31 12:00:01.000000", None, None),
    ("between", 4, "queued", "2026-01-31 12:00:01.000000", None, None),
]


@pytest.fixture
def old_database(workspace):
    """Opens a database that was at version 0002 with runs in it."""
    with _at_version(workspace, "0002") as connection:
        _fill(connection)
    database = Database.open(workspace)
    yield database
    database.close()


def _fill(connection) -> None:
    insert = connection.exec_driver_sql
    insert("INSERT INTO datasets VALUES ('0', 'pets', 20, 0, '[]', 4, 4, 1, '2026-01-31')")
    insert("INSERT INTO projects VALUES ('1', 'Pets', '0', NULL, '2026-01-31', '2026-01-31')")
    columns = "id, number, state, created_at, started_at, finished_at, project_id, dataset_id, recipe"
    rest = ("1", "0", json.dumps(make_recipe().model_dump(mode="json")))
    for run in RUNS:
        insert(
            f"INSERT INTO runs ({columns}, epoch, step, stop_requested) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 2, 0)",
            (*run, *rest),
        )
    insert("INSERT INTO epochs VALUES ('early', 1, 2, 0.5, 0.75, 0.25, 1.0, 3.0)")
    insert("INSERT INTO steps VALUES ('early', 2, 0.5, 0.75)")


def test_runs_from_before_they_could_go_on_keep_what_they_measured(old_database):
    run = store.get(old_database, "early")
    assert (run.state, run.recipe, run.epoch, run.step) == (RunState.COMPLETED, make_recipe(), 1, 2)
    assert (run.elapsed_seconds(run.finished_at), run.parent_id, run.is_pausing) == (20, None, False)
    epochs = history.epochs(old_database, "early")
    assert epochs[["loss", "accuracy", "val_loss", "val_accuracy", "seconds"]].to_numpy().tolist() == [
        [0.5, 0.75, 0.25, 1.0, 3.0]
    ]
    assert epochs["learning_rate"].isna().all()
    assert history.steps(old_database, "early")["loss"].tolist() == [0.5]
    assert [project.name for project in projects.all_projects(old_database)] == ["Pets"]


def test_runs_that_waited_before_wait_in_the_order_in_which_they_were_made(old_database):
    with old_database.reading() as session:
        positions = {run_id: session.get_one(RunRow, run_id).position for run_id, *_ in RUNS}
    assert positions == {"early": 1, "between": 2, "twin": 3, "late": 4}
    assert [run.id for run in queue.waiting_runs(old_database)] == ["between", "twin", "late"]
    control.move(old_database, "late", -2)
    assert [run.id for run in queue.waiting_runs(old_database)] == ["late", "between", "twin"]


def test_a_run_that_others_come_from_can_be_deleted_after_an_upgrade(workspace, old_database):
    with old_database.writing() as session:
        session.get_one(RunRow, "late").parent_id = "early"
    store.delete(old_database, workspace, "early")
    assert store.get(old_database, "late").parent_id is None
    assert history.epochs(old_database, "early").empty


def test_searches_that_were_stopped_while_they_were_paused_are_settled_by_the_engine(workspace):
    columns = "id, number, state, finished_at, dataset_id, recipe, space, trials, created_at, worked_seconds"
    with _at_version(workspace, "0006") as connection:
        insert = connection.exec_driver_sql
        insert("INSERT INTO datasets VALUES ('0', 'pets', 20, 0, '[]', 4, 4, 1, '2026-01-31')")
        for number, state in enumerate(("stopped", "completed", "paused"), start=1):
            finished_at = None if state == "paused" else "2026-01-31 12:00:00.000000"
            values = (state, number, state, finished_at, "0", "{}", "{}", 1, "2026-01-31 11:00:00.000000", 0.0)
            insert(f"INSERT INTO searches ({columns}) VALUES ({', '.join('?' * len(values))})", values)
    database = Database.open(workspace)
    assert [search_id for search_id, *_ in unsettled(database)] == ["stopped"]
    database.close()


@contextmanager
def _at_version(workspace, version: str):
    """A connection to a database of an earlier version."""
    workspace.home.mkdir()
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with connect(workspace.database_url).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        yield connection
