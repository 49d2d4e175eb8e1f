"""The real app in a real browser.

``app`` is the app on a port and in a workspace of its own, started once. ``page`` is an open page of it:
``@pytest.mark.browser(locale="ko-KR", color_scheme="dark", width=820, height=1180)`` sets up its browser, and
``open_page`` opens more, such as a second tab of the same person. A page on which an exception was shown or an error
was written to the console fails its test; a failed test leaves a screenshot in tests/browser/failures/. ``database``
and ``digits`` are for what a test needs that is not what it is about.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from core.dataset.intake import take_in
from core.dataset.sources import open_source
from core.dataset.sources.server_folder import IMPORT_ROOT
from core.dataset.store import Dataset
from core.runs.database import Database
from core.runs.datasets import register_dataset
from core.workspace import Workspace
from tests.browser import chromium
from ui import first_visit

ROOT = Path(__file__).parents[2]
FAILURES = Path(__file__).parent / "failures"
START_SECONDS = 120.0
STOP_SECONDS = 60.0
WAIT_MILLISECONDS = 60_000
DEFAULT_WISHES = {"locale": "en-US", "color_scheme": "light", "width": 1280, "height": 900}

expect.set_options(timeout=WAIT_MILLISECONDS)  # a condition that holds sooner is seen sooner

_TRACEBACK = re.compile(r"Traceback \(most recent call last\):\n(?: .*\n)*(?P<error>\S.*)\n")
_PAGE_IS_GONE = "starlette.websockets.WebSocketDisconnected"  # Streamlit's own, where a page closes in mid-message

# Counts every exception that the app shows, also one that the next rerun takes away again.
COUNT_EXCEPTIONS = """
window.shownExceptions = new Set();
new MutationObserver(() => {
  for (const box of document.querySelectorAll('[data-testid="stException"]')) window.shownExceptions.add(box.innerText);
}).observe(document, {childList: true, subtree: true});
"""


@dataclass(frozen=True)
class App:
    """A running app: its address, its workspace, the folder of the server that is open for images, its web process, and
    what the server has written."""

    url: str
    home: Path
    import_root: Path
    process: subprocess.Popen[bytes]
    log: Path

    def tracebacks(self) -> list[str]:
        """The tracebacks that the server has written, but for those of a page that closed while it was written to."""
        text = self.log.read_text(encoding="utf-8", errors="replace")
        return [found[0] for found in _TRACEBACK.finditer(text) if not found["error"].startswith(_PAGE_IS_GONE)]


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The real app, with nothing in its workspace yet; ended with all its processes after the last test."""
    home = tmp_path_factory.mktemp("workspace")
    log = tmp_path_factory.mktemp("log") / "web.log"
    import_root = tmp_path_factory.mktemp("server")
    environment = {**os.environ, "LAYERLAB_HOME": str(home), IMPORT_ROOT: str(import_root)}
    environment.pop("LAYERLAB_DATABASE_URL", None)
    port = _free_port()
    streamlit = [sys.executable, "-m", "streamlit"]
    command = [*streamlit, "run", "app.py", f"--server.port={port}", "--server.address=127.0.0.1"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    running = App(f"http://127.0.0.1:{port}", home, import_root, process, log)
    try:
        _wait_until_healthy(running)
        yield running
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)
        subprocess.run([sys.executable, "-m", "core.runs.engine", "--stop"], cwd=ROOT, env=environment, check=True)
        _expect_no_process_left(home)


@pytest.fixture(scope="session")
def database(app: App) -> Iterator[Database]:
    """What the app knows."""
    opened = Database.open(Workspace.at(app.home))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def digits(app: App, database: Database) -> Dataset:
    """The sample set digits, taken into the app's workspace."""
    dataset = take_in(open_source("digits"), Workspace.at(app.home).datasets, lambda done, total: None)
    register_dataset(database, dataset)
    return dataset


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    executable = chromium.find()
    if executable is None:
        pytest.fail(chromium.missing(), pytrace=False)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=list(chromium.ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A person's browser, set up by the marker ``browser``: English, light and 1280 × 900 unless it says otherwise."""
    marker = request.node.get_closest_marker("browser")
    wishes = DEFAULT_WISHES | (marker.kwargs if marker else {})
    opened = browser.new_context(
        locale=wishes["locale"],
        color_scheme=wishes["color_scheme"],
        viewport={"width": wishes["width"], "height": wishes["height"]},
    )
    opened.set_default_timeout(WAIT_MILLISECONDS)
    opened.add_init_script(COUNT_EXCEPTIONS)
    yield opened
    opened.close()


@pytest.fixture
def open_page(request: pytest.FixtureRequest, app: App, context: BrowserContext) -> Iterator[Callable[[str], Page]]:
    """Opens a page of the app by its path: ``open_page("split?project=3")``."""
    errors: list[str] = []
    already_written = len(app.tracebacks())

    def open_(path: str = "") -> Page:
        page = context.new_page()
        page.on("console", lambda message: errors.extend(_console_errors(message)))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{app.url}/{path}")
        page.get_by_test_id("stApp").wait_for()
        return page

    yield open_
    for page in context.pages:
        errors += page.evaluate("[...(window.shownExceptions ?? [])]")
    errors += app.tracebacks()[already_written:]
    if errors or _has_failed(request.node):
        _keep_screenshots(request.node.name, context.pages)
    assert errors == [], "the page or its server has said so"


@pytest.fixture
def page(open_page: Callable[[str], Page]) -> Page:
    """The app as it opens."""
    return open_page("")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Tells the fixtures of a test whether it has failed."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


_FAILED = pytest.StashKey[bool]()


def _has_failed(item: pytest.Item) -> bool:
    return item.stash.get(_FAILED, False)


def _keep_screenshots(name: str, pages: list[Page]) -> None:
    FAILURES.mkdir(exist_ok=True)
    stem = re.sub(r"[^\w.-]+", "_", name)
    for number, page in enumerate(pages, start=1):
        page.screenshot(path=FAILURES / f"{stem}-{number}.png", full_page=True)


def _console_errors(message: ConsoleMessage) -> list[str]:
    """What the page complains of, but for two things that are no fault of ours.

    On a deep link Streamlit looks for its server below the path first: a 404. And it forgets the pictures of a screen
    as soon as that is left, also those that a busy browser has not fetched yet: the browser says so, and then Streamlit
    itself of the same picture.
    """
    url = message.location["url"]
    is_gone_picture = "/media/" in url or message.text.startswith(
        f"Client Error: Image source error - {_origin(url)}/media/"
    )
    is_expected = url.endswith(("/_stcore/health", "/_stcore/host-config")) or is_gone_picture
    return [f"{message.text} ({url})"] if message.type == "error" and not is_expected else []


def _origin(url: str) -> str:
    """``http://127.0.0.1:8501`` of an address there."""
    return "/".join(url.split("/")[:3])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_healthy(app: App) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _is_healthy(app.url):
        if app.process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"The app has not started:\n{app.log.read_text(errors='replace')}", pytrace=False)
        time.sleep(0.05)
    assert first_visit.visit(app.url)


def _is_healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1) as answer:
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _expect_no_process_left(home: Path) -> None:
    """Fails when a process of this workspace outlives the app (where the system tells: on Linux), and ends it."""
    deadline = time.monotonic() + STOP_SECONDS
    while (left := _processes_of(home)) and time.monotonic() < deadline:
        time.sleep(0.05)
    for process_id in left:
        os.kill(process_id, signal.SIGKILL)
    assert left == {}, "the engine was told to stop, and these still ran"


def _processes_of(home: Path) -> dict[int, str]:
    """The command lines of the processes whose environment names this workspace, by process id."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes().split(b"\0")
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (FileNotFoundError, PermissionError, ProcessLookupError):
            continue
        if command and f"LAYERLAB_HOME={home}".encode() in environment:
            found[int(folder.name)] = command
    return found
