"""A person shows a trained net images of their own: files, drawings, pictures of the camera."""

from collections.abc import Callable, Sequence
from math import cos, pi, sin
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from core.dataset.sources import open_source
from core.dataset.store import Dataset
from core.recipe import parse
from core.runs import engine, projects, store
from core.runs.database import Database
from core.runs.states import RunState
from core.workspace import Workspace
from tests.browser.conftest import App
from tests.browser.on_screen import key, settled, take_photo
from tests.core.runs.builders import eventually

RECIPE = """
image: {height: 28, width: 28, channels: 1}
layers:
  - {kind: Conv2D, filters: 16, kernel_size: 5, activation: relu}
  - {kind: MaxPooling2D, pool_size: 2}
  - {kind: Conv2D, filters: 32, kernel_size: 3, activation: relu}
  - {kind: MaxPooling2D, pool_size: 2}
  - {kind: Flatten}
  - {kind: Dense, units: 10, activation: softmax}
training:
  loss: categorical_crossentropy
  optimizer: {kind: Adam, learning_rate: 0.003}
  batch_size: 64
  epochs: 4
"""
TRAINING_SECONDS = 180

Point = tuple[float, float]
# Strokes as shares of the paper's width and height, from the top left corner.
ONE: Sequence[Point] = [(0.5, 0.2), (0.49, 0.8)]
SEVEN: Sequence[Point] = [(0.28, 0.25), (0.7, 0.25), (0.45, 0.8)]
ZERO: Sequence[Point] = [
    (0.5 + 0.2 * cos(2 * pi * turn / 24), 0.5 + 0.3 * sin(2 * pi * turn / 24)) for turn in range(25)
]


@pytest.fixture(scope="module")
def project_id(app: App, database: Database, digits: Dataset) -> str:
    """A project with a run on the digits that is trained, by the engine of the app."""
    project = projects.create(database, "Tried")
    projects.set_dataset(database, project.id, digits.id)
    recipe = parse(RECIPE)
    projects.save_draft(database, project.id, recipe)
    run = store.enqueue(database, Workspace.at(app.home), project.id, digits.id, recipe)
    engine.ensure_engine(Workspace.at(app.home))
    eventually(lambda: store.get(database, run.id).state is RunState.COMPLETED, TRAINING_SECONDS)
    return project.id


@pytest.fixture
def try_it(open_page: Callable[[str], Page], project_id: str) -> Page:
    """The screen of that project."""
    page = open_page(f"try_it?project={project_id}")
    expect(page.get_by_text("Drop one image or several")).to_be_visible()
    return page


@pytest.fixture(scope="module")
def eight(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an 8."""
    path = tmp_path_factory.mktemp("upload") / "an eight.png"
    path.write_bytes(next(member.read() for member in open_source("digits").members() if member.path.startswith("8/")))
    return path


@pytest.mark.parametrize(("digit", "stroke"), [("0", ZERO), ("1", ONE), ("7", SEVEN)])
def test_a_digit_that_is_drawn_is_recognised(try_it: Page, digit: str, stroke: Sequence[Point]) -> None:
    take_paper(try_it)
    draw(try_it, stroke)
    expect_answer(try_it, digit)


def test_a_tiny_drawing_in_a_corner_is_fitted_and_recognised(try_it: Page) -> None:
    take_paper(try_it)
    draw(try_it, [(0.3 * x, 0.3 * y) for x, y in SEVEN])
    expect(try_it.get_by_text("much smaller than what is in the training images, and far from")).to_be_visible()
    expect_answer(try_it, "7")


def test_strokes_are_taken_back_one_by_one_and_all_at_once(try_it: Page) -> None:
    take_paper(try_it)
    draw(try_it, SEVEN)
    draw(try_it, ZERO)
    told = try_it.locator(".told")
    expect(told).to_have_text("Strokes: 2")
    try_it.get_by_role("button", name="Undo stroke").click()
    expect(told).to_have_text("Strokes: 1")
    expect_answer(try_it, "7")

    clear = try_it.get_by_role("button", name="Clear")
    clear.focus()
    clear.press("Enter")
    expect(told).to_have_text("Nothing is drawn yet.")
    expect(try_it.get_by_text("the net answers after each stroke")).to_be_visible()
    expect(clear).to_be_disabled()


@pytest.mark.browser(width=820, height=1180)
def test_a_finger_draws_too(try_it: Page) -> None:
    take_paper(try_it)
    touch(paper(try_it), ONE)
    expect_answer(try_it, "1")


def test_a_file_is_answered_and_the_net_can_be_asked_where_it_looks(try_it: Page, eight: Path) -> None:
    try_it.locator("input[type=file]").set_input_files(eight)
    expect_answer(try_it, "8")
    expect(try_it.get_by_text("an eight.png: 28 × 28")).to_be_visible()
    key(try_it, "answer_looks_0").locator("label").click()
    expect(try_it.get_by_text("The warm places spoke for 8 most.")).to_be_visible()


def test_a_picture_of_the_camera_is_answered(try_it: Page) -> None:
    way(try_it, "Camera")
    take_photo(try_it)
    expect(key(try_it, "answer_0").get_by_text("The net says")).to_be_visible()


def test_unusual_pictures_are_answered_and_explained(try_it: Page) -> None:
    way(try_it, "Unusual pictures")
    expect(try_it.get_by_text("The net says")).to_have_count(4)
    expect(try_it.get_by_text("one class comes first whatever it is shown")).to_be_visible()


def way(page: Page, title: str) -> None:
    key(page, "try_it_way").get_by_text(title, exact=True).click()
    settled(page)


def paper(page: Page) -> Locator:
    return page.get_by_role("img", name="Paper to draw on")


def take_paper(page: Page) -> None:
    way(page, "Draw")
    expect(page.locator(".told")).to_have_text("Nothing is drawn yet.")


def draw(page: Page, stroke: Sequence[Point]) -> None:
    """Draws with the mouse, as slowly as a hand: a few steps from point to point."""
    paper(page).scroll_into_view_if_needed()
    box = paper(page).bounding_box()
    assert box is not None
    first, *others = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
    page.mouse.move(*first)
    page.mouse.down()
    for point in others:
        page.mouse.move(*point, steps=5)
    page.mouse.up()


def touch(canvas: Locator, stroke: Sequence[Point]) -> None:
    """Draws with a finger: the events of one, as a browser sends them."""
    box = canvas.bounding_box()
    assert box is not None
    session = canvas.page.context.new_cdp_session(canvas.page)
    points = [{"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]} for x, y in stroke]
    for kind, point in [("touchStart", points[0]), *(("touchMove", point) for point in points[1:])]:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def expect_answer(page: Page, class_name: str) -> None:
    expect(key(page, "answer_0").get_by_text(f"The net says {class_name}, with a probability of")).to_be_visible()
