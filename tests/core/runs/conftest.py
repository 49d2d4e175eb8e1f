"""A workspace, its database, a dataset and a project in it."""

import shutil
from pathlib import Path

import pytest

from core.dataset.store import Dataset
from core.runs import projects
from core.runs.database import Database
from core.runs.datasets import register_dataset
from core.runs.projects import Project
from core.workspace import Workspace
from tests.core.runs.builders import HandClock, make_dataset


@pytest.fixture
def workspace(tmp_path) -> Workspace:
    return Workspace.at(tmp_path / "workspace")


@pytest.fixture(scope="session")
def upgraded_file(tmp_path_factory) -> Path:
    """A new database, made once: the upgrade takes longer than most tests."""
    workspace = Workspace.at(tmp_path_factory.mktemp("upgraded"))
    Database.open(workspace).close()
    return workspace.home / "layerlab.db"


@pytest.fixture
def database(workspace, upgraded_file):
    workspace.home.mkdir()
    shutil.copy(upgraded_file, workspace.home)
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
