"""The workspace of a test and its database."""

import pytest

from core.runs.database import Database
from core.workspace import Workspace


@pytest.fixture
def workspace() -> Workspace:
    return Workspace.from_environment()


@pytest.fixture
def database(workspace):
    database = Database.open(workspace)
    yield database
    database.close()
