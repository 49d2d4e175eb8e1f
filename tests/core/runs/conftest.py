"""A workspace, its database, a dataset and a project in it."""

import pytest

from core.dataset.store import Dataset
from core.runs import projects
from core.runs.database import Database
from core.runs.datasets import register_dataset
from core.runs.projects import Project
from core.workspace import Workspace
from tests.conftest import upgraded_file
from tests.core.runs.builders import HandClock, make_dataset

__all__ = ["upgraded_file"]


@pytest.fixture
def workspace(tmp_path) -> Workspace:
    return Workspace.at(tmp_path / "workspace")


@pytest.fixture
def database(workspace):
    database = Database.open(workspace)
    yield database
    database.close()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def timed_database(workspace, database, clock):
    """The same database, dated by ``clock``."""
    database = Database.open(workspace, clock)
    yield database
    database.close()


@pytest.fixture
def dataset(workspace, database, tmp_path) -> Dataset:
    dataset = make_dataset(workspace, tmp_path / "images")
    register_dataset(database, dataset)
    return dataset


@pytest.fixture
def project(database) -> Project:
    return projects.create(database, "Pets")
