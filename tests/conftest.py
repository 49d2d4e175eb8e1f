"""What holds for every test."""

import gc
import shutil
import signal
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine

from core.runs import database
from core.workspace import Workspace

TESTS = Path(__file__).parent

# No test asserts a time: a slow machine is no failure.
settings.register_profile("layerlab", deadline=None)
settings.register_profile("long", deadline=None, max_examples=5_000)
settings.load_profile("layerlab")


LONGEST = {
    "soak/test_kills.py",
    "core/tuning/test_real_search.py",
    "core/training/test_public_sets.py",
    "core/training/test_devices.py",
    "core/training/test_resume.py",
}
"""Files that take long for the number of their tests."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files come first, so that at the end no process works on one of them while the others have nothing
    left to do."""
    items.sort(key=lambda item: item.path.relative_to(TESTS).as_posix() not in LONGEST)


def pytest_collection_finish() -> None:
    """What the tests import is no garbage. Python, Keras and Streamlit look for it very often, and there are millions
    of objects to look at."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def upgraded_file(tmp_path_factory) -> Path:
    """A new database, made once: the upgrade takes longer than most tests."""
    workspace = Workspace.at(tmp_path_factory.mktemp("upgraded"))
    database.Database.open(workspace).close()
    return workspace.home / "layerlab.db"


@pytest.fixture(autouse=True, scope="session")
def _new_databases_are_copies(upgraded_file):
    """A database that this process makes begins as a copy of ``upgraded_file``; an older one is upgraded."""
    upgrade = database._bring_up_to_date

    def copy_or_upgrade(engine: Engine, workspace: Workspace) -> None:
        file = Path(engine.url.database)
        if file.stat().st_size == 0:
            engine.dispose()
            shutil.copyfile(upgraded_file, file)
        upgrade(engine, workspace)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_bring_up_to_date", copy_or_upgrade)
        yield


@pytest.fixture(autouse=True)
def _own_workspace(tmp_path, monkeypatch):
    """A test that opens the workspace of the environment gets one of its own, never the user's."""
    monkeypatch.setenv("LAYERLAB_HOME", str(tmp_path / "workspace"))
    monkeypatch.delenv("LAYERLAB_DATABASE_URL", raising=False)


@pytest.fixture
def listens_to_ctrl_c():
    """A process that was started in the background is deaf to Ctrl-C, one under nohup to the end of its terminal, and
    so are the tests in it and what they start."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler), signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGINT, before[0])
    signal.signal(signal.SIGHUP, before[1])
