import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from core.message import say
from core.runs import projects
from core.runs.database import Database, DatabaseError
from core.runs.migrations import FOLDER, NEWEST, VERSION_TABLE, current_version
from core.runs.process import PROJECT_ROOT
from core.runs.states import IntakeState
from core.runs.tables import IntakeRow, ProjectRow, Table
from tests.core.runs.builders import ELSEWHERE

OPEN_WHEN_TOLD = """
import sys
from core.runs import projects
from core.runs.database import Database
from core.workspace import Workspace
print("ready", flush=True)
name = input()
projects.create(Database.open(Workspace.from_environment()), name)
"""


def is_compared(item, name, kind, is_reflected, compare_to) -> bool:
    """SQLAlchemy does not read what becomes of a reference that SQLite could only add together with its column."""
    return kind != "foreign_key_constraint" or [column.name for column in item.columns] != ["parent_id"]


def test_the_migrations_make_the_tables_of_the_models(database):
    options = {"version_table": VERSION_TABLE, "compare_type": True, "include_object": is_compared}
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Table.metadata) == []


def test_the_newest_version_is_the_last_file():
    assert ScriptDirectory(str(FOLDER)).get_current_head() == NEWEST


def test_an_upgraded_database_is_opened_without_alembic(workspace, database):
    opening = (
        "import sys\nfrom core.runs.database import Database\nfrom core.workspace import Workspace\n"
        "Database.open(Workspace.from_environment())\nsys.exit('alembic' in sys.modules)"
    )
    environment = {"LAYERLAB_HOME": str(workspace.home)}
    result = subprocess.run([sys.executable, "-c", opening], cwd=PROJECT_ROOT, env=environment, check=False)
    assert result.returncode == 0


def test_several_processes_may_open_a_fresh_workspace_at_once(workspace):
    names = [f"project {number}" for number in range(3)]
    openers = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN_WHEN_TOLD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=PROJECT_ROOT,
            env={"LAYERLAB_HOME": str(workspace.home)},
        )
        for _ in names
    ]
    assert [opener.stdout.readline() for opener in openers] == ["ready\n"] * len(names)
    for opener, name in zip(openers, names, strict=True):
        opener.stdin.write(f"{name}\n")
        opener.stdin.flush()
    for opener in openers:
        opener.communicate()
    assert [opener.returncode for opener in openers] == [0] * len(names)
    assert {project.name for project in projects.all_projects(Database.open(workspace))} == set(names)


def test_sqlite_lets_readers_and_the_writer_pass_each_other(database):
    with database.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
    with database.writing() as writer:
        writer.execute(text("UPDATE projects SET name = 'x'"))
        with database.reading() as reader:
            assert reader.scalars(text("SELECT name FROM projects")).all() == []


def test_what_fails_is_not_kept(database):
    def add_two(moment: datetime) -> None:
        with database.writing() as session:
            session.add(ProjectRow(id="a", name="A", created_at=moment, opened_at=moment))
            session.flush()
            session.add(ProjectRow(id="b", name="B", dataset_id="unknown", created_at=moment, opened_at=moment))

    with pytest.raises(IntegrityError):
        add_two(database.now())
    assert projects.all_projects(database) == []


def test_a_database_of_a_newer_layerlab_is_left_alone(workspace, database):
    with database.writing() as session:
        session.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(DatabaseError, match=r"newer version of Layerlab \(9999\)"):
        Database.open(workspace)
    with database.engine.connect() as connection:
        assert current_version(connection) == "9999"


def test_the_version_table_does_not_get_in_the_way_of_optuna(database):
    assert "alembic_version" not in inspect(database.engine).get_table_names()


def test_moments_messages_and_processes_come_back_as_they_were(database):
    seoul = datetime(2026, 1, 31, 23, 25, tzinfo=timezone(timedelta(hours=9)))
    message = say("The pool is {pool}.", pool=say("too large"))
    project = projects.create(database, "Pets")
    with database.writing() as session:
        session.add(
            IntakeRow(
                id="1",
                project_id=project.id,
                source="digits",
                name="",
                state=IntakeState.FAILED,
                message=message,
                process=ELSEWHERE,
                created_at=seoul,
                heartbeat_at=seoul,
            )
        )
    with database.reading() as session:
        row = session.get_one(IntakeRow, "1")
    assert row.created_at == datetime(2026, 1, 31, 14, 25, tzinfo=UTC)
    assert row.created_at.tzinfo is UTC
    assert (row.message, row.process, row.state) == (message, ELSEWHERE, IntakeState.FAILED)
