"""Optuna's own tables, which lie beside ours in the same database."""

from optuna.storages import RDBStorage
from sqlalchemy import column, inspect, select, table

from core.runs.database import BUSY_TIMEOUT_MILLISECONDS, Database
from core.runs.locks import FileLock
from core.workspace import Workspace

_VERSION = table("alembic_version", column("version_num"))


def make_tables(database: Database, workspace: Workspace) -> None:
    """Makes Optuna's tables where they are not there yet, by one process at a time: it does not expect others."""
    if has_tables(database):
        return
    with FileLock(workspace.home / "optuna.lock"):
        _storage(database, has_tables=False).engine.dispose()


def has_tables(database: Database) -> bool:
    """Whether all of Optuna's tables are there. Their version is written last."""
    if not inspect(database.engine).has_table(_VERSION.name):
        return False
    return bool(database.rows(select(_VERSION.c.version_num)))


def storage(database: Database) -> RDBStorage:
    """Optuna's storage in ``database``, whose tables are there.

    On SQLite a connection waits for others as long as ours do. The file is in WAL mode already, where readers and the
    writer pass each other. Each of Optuna's transactions is one short statement or few.
    """
    return _storage(database, has_tables=True)


def _storage(database: Database, *, has_tables: bool) -> RDBStorage:
    url = database.engine.url.render_as_string(hide_password=False)
    is_sqlite = database.engine.dialect.name == "sqlite"
    waiting = {"connect_args": {"timeout": BUSY_TIMEOUT_MILLISECONDS / 1000}} if is_sqlite else {}
    return RDBStorage(url, engine_kwargs=waiting, skip_table_creation=has_tables)
