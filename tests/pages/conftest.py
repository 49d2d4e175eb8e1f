"""The screens, driven from app.py as a person would: real images, the real database, no engine and no browser."""

import gc
import os
import pickle
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from core.dataset.sources import open_source
from core.runs import analyses, checks, engine, inspection_queue, intake_worker, intakes, projects
from core.runs.database import Database
from core.runs.inspections import Inspection
from core.runs.process import Process, start_detached
from core.runs.projects import Project
from core.workspace import Workspace

Found = TypeVar("Found")

ROOT = Path(__file__).parents[2]
SECONDS_TO_RUN = 60
SECONDS_TO_TAKE_IN = 120
IMAGES_PER_CLASS = 12
COMPONENTS = frozenset({"layer_list", "bricks_diagram", "receptive_field_view", "drawing_pad"})
HEAT_MAPS = "heat_map_picture_"
APART = 500 // IMAGES_PER_CLASS  # the 500 images of each digit lie one after another


@pytest.fixture(autouse=True, scope="module")
def _what_is_there_is_no_garbage() -> None:
    """Streamlit looks for garbage after each run of a script, also among all that the tests of nets have left."""
    gc.freeze()


@pytest.fixture(autouse=True)
def _no_search_for_components(monkeypatch):
    """Each new app looks through all installed packages for components: none has any, and a test takes less time."""
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", list)


@dataclass(frozen=True)
class Store:
    """The workspace of a test and its database."""

    workspace: Workspace
    database: Database


@pytest.fixture(autouse=True)
def _no_engine(monkeypatch):
    """No test of a screen trains: runs stay in the queue."""
    monkeypatch.setattr(engine, "ensure_engine", lambda workspace: None)


@pytest.fixture(autouse=True)
def nothing_in_the_background(monkeypatch):
    """What is to be found out about a dataset is asked for, and no process of ours begins to: one that a test brings
    along does."""
    ours = {way.module for way in analyses.WAYS.values()}

    def start(command: Sequence[str], *others: Any, **more: Any) -> Process | None:
        return None if ours & set(command) else start_detached(command, *others, **more)

    monkeypatch.setattr(analyses, "start_detached", start)


@pytest.fixture(autouse=True)
def _taken_in_at_once(monkeypatch):
    """What a screen has taken in, this process takes in: to start another takes longer than a few images do. A worker
    that a test brings along is started."""

    def start(command: Sequence[str], workspace: Workspace, *others: Any, **more: Any) -> Process:
        *worker, intake_id = command
        if worker != list(intakes.WORKER):
            return start_detached(command, workspace, *others, **more)
        with closing(Database.open(workspace)) as database:
            intake_worker.work(database, workspace, intake_id)
        return Process.of(os.getpid())

    monkeypatch.setattr(intakes, "start_detached", start)


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)


@pytest.fixture
def kept(request) -> Store:
    """What the app of this test reads and writes, with `project_with_digits` in it where the test asks for that too."""
    if "project_with_digits" in request.fixturenames:
        request.getfixturevalue("project_with_digits")
    workspace = Workspace.from_environment()
    return Store(workspace, Database.open(workspace))


@pytest.fixture
def app() -> Iterator[AppTest]:
    """The app, not yet run; on an empty workspace unless the test asks for more. What it keeps can be serialized."""
    tested = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS_TO_RUN)
    yield tested
    kept = tested.session_state.to_dict()
    pickle.dumps({key: value for key, value in kept.items() if not is_component(key)})


def is_component(key: str) -> bool:
    """Streamlit keeps the state of a component (version 2) in an object that refuses to be pickled, always."""
    return key in COMPONENTS or key.startswith(HEAT_MAPS)


@pytest.fixture
def take(kept) -> Callable[[], Inspection]:
    """Begins to work on the question that waits."""

    def take_() -> Inspection:
        inspection_id = inspection_queue.claim(kept.database, Process.of(os.getpid()))
        assert inspection_id is not None
        begun = inspection_queue.begin(kept.database, inspection_id)
        assert begun is not None
        return begun

    return take_


@pytest.fixture(scope="session")
def digits_zip(tmp_path_factory) -> Path:
    """120 real digits, 12 of each class, in folders by class."""
    path = tmp_path_factory.mktemp("upload") / "digits.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for position, member in enumerate(open_source("digits").members()):
            place = position % 500
            if place % APART == 0 and place // APART < IMAGES_PER_CLASS:
                archive.writestr(member.path, member.read())
    return path


@pytest.fixture(scope="session")
def _digits_home(tmp_path_factory, digits_zip) -> Path:
    """A workspace with one project, whose images the real intake has taken in and had checked."""
    workspace = Workspace.at(tmp_path_factory.mktemp("digits") / "workspace")
    database = Database.open(workspace)
    project = projects.create(database, "Digits")
    intakes.start(database, workspace, project.id, str(digits_zip), "digits")
    intake = wait_for_intake(database, project.id)
    assert intake.dataset_id is not None, intake.message
    wait_for_check(database, intake.dataset_id)
    database.close()
    return workspace.home


@pytest.fixture
def project_with_digits(_digits_home) -> Project:
    """A project with 120 real digits and the default draft, in the workspace of this test."""
    workspace = Workspace.from_environment()
    shutil.copytree(_digits_home, workspace.home)
    return projects.all_projects(Database.open(workspace))[0]


@pytest.fixture
def open_screen(app, project_with_digits) -> Callable[[str], AppTest]:
    """Opens a screen of `project_with_digits` by its file: ``open_screen("pages/data/split.py")``."""

    def open_(page: str) -> AppTest:
        app.query_params["project"] = project_with_digits.id
        app.run()
        app.switch_page(page).run()
        assert not app.exception
        return app

    return open_


def wait_for_intake(database: Database, project_id: str) -> intakes.Intake:
    """The last intake of the project, as soon as it is over."""

    def over() -> intakes.Intake | None:
        intake = intakes.latest(database, project_id)
        return intake if intake is not None and intake.state.is_finished else None

    return _as_soon_as(over, "the intake has not come to an end")


def wait_for_check(database: Database, dataset_id: str) -> checks.Check:
    """The check that follows an intake by itself, as soon as it is over."""

    def over() -> checks.Check | None:
        check = checks.state(database, dataset_id)
        return check if check is not None and check.state.is_finished else None

    return _as_soon_as(over, "the check of the images has not come to an end")


def _as_soon_as(found: Callable[[], Found | None], otherwise: str) -> Found:
    deadline = time.monotonic() + SECONDS_TO_TAKE_IN
    while (value := found()) is None:
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.05)
    return value
