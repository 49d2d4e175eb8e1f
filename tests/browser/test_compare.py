"""Two runs are laid over each other and told apart; a guess made before the second one is answered by it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from core.dataset.store import Dataset
from core.recipe import parse
from core.runs import engine, guesses, projects, store
from core.runs.database import Database
from core.runs.questions import question
from core.runs.states import RunState
from core.workspace import Workspace
from tests.browser.conftest import App
from tests.browser.on_screen import button, key, settled
from tests.core.runs.builders import eventually

RECIPE = """
image: {{height: 28, width: 28, channels: 1}}
layers:
  - {{kind: Conv2D, filters: 8, kernel_size: 5, activation: relu}}
  - {{kind: MaxPooling2D, pool_size: 4}}
  - {{kind: Flatten}}
  - {{kind: Dense, units: 10, activation: softmax}}
training:
  loss: categorical_crossentropy
  optimizer: {{kind: Adam, learning_rate: {rate}}}
  batch_size: 64
  epochs: 2
"""
TRAINING_SECONDS = 180
"""The longest that one of the two runs is waited for."""
pytestmark = pytest.mark.timeout(2 * TRAINING_SECONDS + 300)  # the first test of these also waits for both
ROW, TICK = 35, 16
"""Pixels of the table: how high a row is, and how far from the left edge it is ticked."""


@pytest.fixture(scope="module")
def project_id(app: App, database: Database, digits: Dataset) -> str:
    """A project with two runs on the digits that differ in the learning rate, trained by the engine of the app."""
    project = projects.create(database, "Compared")
    projects.set_dataset(database, project.id, digits.id)
    first, second = (parse(RECIPE.format(rate=rate)) for rate in (0.0003, 0.003))
    projects.save_draft(database, project.id, second)
    before = store.enqueue(database, Workspace.at(app.home), project.id, digits.id, first)
    after = store.enqueue(database, Workspace.at(app.home), project.id, digits.id, second)
    asked = question(first, before.number, second, has_accuracy=True)
    guesses.save_guess(database, after.id, guesses.Guess(asked, "faster"))
    engine.ensure_engine(Workspace.at(app.home))
    for run in (before, after):
        eventually(lambda run=run: store.get(database, run.id).state is RunState.COMPLETED, TRAINING_SECONDS)
    return project.id


@pytest.fixture
def compare(open_page: Callable[[str], Page], project_id: str) -> Page:
    """The screen of that project."""
    page = open_page(f"compare?project={project_id}")
    expect(page.get_by_text("2 of 2 runs")).to_be_visible()
    settled(page)
    return page


def test_two_ticked_runs_are_laid_over_each_other_and_told_apart(compare: Page) -> None:
    tick(compare, 2)
    expect(compare.get_by_text("Chosen: run 1")).to_be_visible()
    settled(compare)
    tick(compare, 1)
    expect(compare.get_by_text("Chosen: runs 1, 2")).to_be_visible()
    expect(compare.get_by_text("Only one thing changed, learning rate: 0.0003 → 0.003.")).to_be_visible()
    expect(compare.get_by_text("so this difference is more than noise")).to_be_visible()
    expect(legend(compare)).to_have_text(["Run 1", "Run 2"])
    for number in (1, 2):
        matrix = f"Run {number}: matrix of true and predicted classes"
        expect(compare.locator(f"[data-testid=stVegaLiteChart][aria-label='{matrix}']")).to_be_visible()


def test_a_tag_is_kept_and_found_again(compare: Page) -> None:
    tick(compare, 1)
    button(compare, "labelling").click()
    compare.get_by_role("textbox", name="Note").fill("ten times the rate")
    button(compare, "labelling_keep").click()
    settled(compare)
    compare.get_by_label("Find").fill("ten times")
    compare.get_by_label("Find").press("Enter")
    expect(compare.get_by_text("1 of 2 runs")).to_be_visible()


def test_the_guess_and_what_came_out_stand_with_the_run(open_page: Callable[[str], Page], project_id: str) -> None:
    page = open_page(f"runs?project={project_id}")
    outcome = key(page, "guess_outcome")
    expect(outcome.get_by_text("Your guess: faster")).to_be_visible()
    expect(outcome.get_by_text("It came out: faster.")).to_be_visible()


def tick(page: Page, row: int) -> None:
    """Ticks a row of the table, counted from 1."""
    table = key(page, "compare_table").locator(".dvn-scroller")
    table.click(position={"x": TICK, "y": row * ROW + ROW // 2})


def legend(page: Page) -> Locator:
    """The names of the curves of the loss."""
    return key(page, "overlay_loss").locator(".role-legend-label text")
