"""The open database: short transactions, and a schema that is brought up to date when it is opened."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from sqlalchemy import Connection, Engine, Select, create_engine, event
from sqlalchemy.orm import Session

from core.errors import LayerlabError
from core.message import say
from core.runs.clock import Clock, utc_now
from core.runs.locks import FileLock
from core.runs.migrations import NEWEST, UnknownVersionError, current_version, upgrade
from core.workspace import Workspace

BUSY_TIMEOUT_MILLISECONDS = 30_000


class DatabaseError(LayerlabError):
    """A database that this version of Layerlab cannot work with."""


class Database:
    """One database, shared by the threads of a process and by all processes of a workspace.

    `reading` and `writing` give a session for one short transaction. ``now`` dates whatever is written.
    """

    def __init__(self, engine: Engine, now: Clock = utc_now) -> None:
        self.engine = engine
        self.now = now
        self._writing_engine = engine.execution_options(is_for_writing=True)

    @classmethod
    def open(cls, workspace: Workspace, now: Clock = utc_now) -> Self:
        """The workspace's database, made or upgraded first where that is needed, by one process at a time.

        Raises DatabaseError for a database that a newer Layerlab has upgraded.
        """
        for folder in (workspace.datasets, workspace.runs, workspace.logs):
            folder.mkdir(parents=True, exist_ok=True)
        engine = connect(workspace.database_url)
        if _version(engine) != NEWEST:
            _bring_up_to_date(engine, workspace)
        return cls(engine, now)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database. What it changes is not kept."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that is committed at the end, unless it fails.

        On SQLite it takes the one write lock at its beginning, so that what it reads is still true when it writes.
        """
        with Session(self._writing_engine, expire_on_commit=False) as session, session.begin():
            yield session

    def rows(self, statement: Select[*tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """All rows of ``statement`` as tuples."""
        with self.reading() as session:
            return [tuple(row) for row in session.execute(statement)]

    def close(self) -> None:
        """Closes all connections."""
        self.engine.dispose()


def connect(url: str) -> Engine:
    """An engine for ``url``; nothing is read or written yet."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """WAL lets readers and the writer pass each other; in it, NORMAL loses nothing when a process is killed."""
    connection.isolation_level = None  # the driver would begin transactions by itself, and too late
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MILLISECONDS}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")


def _begin_sqlite(connection: Connection) -> None:
    is_for_writing = connection.get_execution_options().get("is_for_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_for_writing else "BEGIN")


def _version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return current_version(connection)


def _bring_up_to_date(engine: Engine, workspace: Workspace) -> None:
    with FileLock(workspace.home / "upgrade.lock"):
        if _version(engine) == NEWEST:
            return
        if engine.dialect.name == "sqlite":
            _switch_to_wal(engine)
        try:
            with engine.execution_options(is_for_writing=True).begin() as connection:
                upgrade(connection)
        except UnknownVersionError as error:
            raise DatabaseError(
                say(
                    "The database {url} was made by a newer version of Layerlab ({version}). Run that version, or "
                    "choose another folder with LAYERLAB_HOME.",
                    url=engine.url.render_as_string(),
                    version=error.version,
                )
            ) from error


def _switch_to_wal(engine: Engine) -> None:
    """WAL is a property of the file and is kept in it, so it is set once, where nobody else is in the way."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()
