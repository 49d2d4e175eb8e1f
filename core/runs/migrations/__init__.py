"""The versions of the schema, by Alembic. The version stands in the table ``layerlab_version``.

A new version: a file in ``versions/`` that follows the last one, and its number as ``NEWEST``. Alembic itself is
imported only where there is something to upgrade, so that a start does not wait for it otherwise.
"""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

VERSION_TABLE = "layerlab_version"
NEWEST = "0007"
FOLDER = Path(__file__).parent


class UnknownVersionError(Exception):
    """The database has a version that is not among the files in ``versions/``."""

    def __init__(self, version: str) -> None:
        super().__init__(f"version {version} is not in {FOLDER / 'versions'}")
        self.version = version


def current_version(connection: Connection) -> str | None:
    """The version of the database; none for one that has no tables yet."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))


def upgrade(connection: Connection) -> None:
    """Brings the database to ``NEWEST`` within the transaction of ``connection``. Raises UnknownVersionError."""
    from alembic import command
    from alembic.config import Config

    version = current_version(connection)
    if version is not None and not any(FOLDER.glob(f"versions/{version}_*.py")):
        raise UnknownVersionError(version)
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
