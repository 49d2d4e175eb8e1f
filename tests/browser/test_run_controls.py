"""A run is paused and continued, stopped, left alone and overtaken, by a person who watches its curve."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import JSHandle, Locator, Page, expect

from core.dataset.store import Dataset
from core.recipe import parse
from core.runs import control, history, projects, store
from core.runs.database import Database
from tests.browser.on_screen import button, key
from tests.core.runs.builders import eventually

SOME, ENDLESS = 30, 1_000
"""Epochs of about a fifth of a second: so many that there is time to pause, and more than any test lets a run have."""

RECIPE = """
image: {{height: 28, width: 28, channels: 1}}
layers:
  - {{kind: Conv2D, filters: 16, kernel_size: 5, activation: relu}}
  - {{kind: MaxPooling2D, pool_size: 2}}
  - {{kind: Flatten}}
  - {{kind: Dense, units: 10, activation: softmax}}
training:
  loss: categorical_crossentropy
  optimizer: {{kind: Adam, learning_rate: 0.01}}  # overfits within a few epochs
  epochs: {epochs}
  keep_best: val_loss
"""

TRAINING_MILLISECONDS = 120_000

# What a page shows, as a number; none that counts where it does not.
EPOCHS_DRAWN = """
() => document.querySelector(".mark-line [aria-label*='title: Validation']")?.getAttribute("d").match(/[ML]/g)?.length
"""
UPDATES_DONE = """
() => Number(document.querySelector(".stProgress")?.textContent.match(/update ([\\d,]+)/)?.[1].replaceAll(",", ""))
"""

NOTE = """
shown => {
  const noted = [];
  new MutationObserver(() => {
    const number = shown();
    if (number && number !== noted.at(-1)) noted.push(number);
  }).observe(document, {childList: true, subtree: true, characterData: true, attributes: true});
  return noted;
}
"""


@pytest.fixture
def start_training(
    database: Database, digits: Dataset, open_page: Callable[[str], Page], request: pytest.FixtureRequest
) -> Iterator[Callable[[int], Page]]:
    """Starts a training of so many epochs in a project of its own, by the button; it is stopped in the end."""
    project = projects.create(database, request.node.name[:80])
    projects.set_dataset(database, project.id, digits.id)

    def start(epochs: int) -> Page:
        projects.save_draft(database, project.id, parse(RECIPE.format(epochs=epochs)))
        page = open_page(f"runs?project={project.id}")
        button(page, "runs_start").click()
        return page

    yield start
    stop_all(database, project.id)


def test_a_paused_run_goes_on_from_where_it_was(start_training: Callable[[int], Page]) -> None:
    page = start_training(SOME)
    epochs, updates = noted(page, EPOCHS_DRAWN), noted(page, UPDATES_DONE)
    more_epochs(page)
    button(page, "live_run_pause").click()
    expect_state(page, 1, "paused")
    expect(progress(page)).to_have_text(re.compile(rf"^Paused · Epoch \d+ of {SOME}"))
    expect(page.get_by_text("Run 1 is exactly this, and it is paused: continue it below.")).to_be_visible()

    button(page, "live_run_continue").click()
    expect_state(page, 1, "completed")
    expect(progress(page)).to_have_text(re.compile(f"^{SOME} of {SOME} epochs done"))
    more_epochs(page, than=SOME - 1)
    for numbers in (epochs.json_value(), updates.json_value()):
        assert numbers == sorted(numbers)


def test_of_a_stopped_run_the_best_epoch_is_kept_and_can_be_judged(
    start_training: Callable[[int], Page], database: Database
) -> None:
    page = start_training(ENDLESS)
    expect(key(page, "curve_doctor_overfitting")).to_be_visible(timeout=TRAINING_MILLISECONDS)
    button(page, "live_run_stop").click()
    expect_state(page, 1, "stopped")
    expect(button(page, "live_run_continue")).to_be_visible()

    epochs = history.epochs(database, run_shown(page)).set_index("epoch")
    best = epochs["val_loss"].idxmin()
    expect(page.get_by_text(f"The model is that of epoch {best}, with the lowest validation loss.")).to_be_visible()
    button(page, "runs_next").click()
    expect(key(page, "evaluation_accuracy")).to_contain_text(f"of 750 right is {epochs['val_accuracy'][best]:.1%}")


def test_a_run_goes_on_while_its_page_is_reloaded_and_its_tab_is_closed(
    start_training: Callable[[int], Page], open_page: Callable[[str], Page]
) -> None:
    page = start_training(ENDLESS)
    epochs = more_epochs(page)
    page.reload()
    epochs = expect_to_go_on(page, epochs)

    address = urlsplit(page.url)
    page.close()
    page = open_page(f"runs?{address.query}")
    expect_to_go_on(page, epochs)
    expect_state(page, 1, "running")


def test_a_run_that_is_moved_up_in_the_queue_is_the_next_to_start(start_training: Callable[[int], Page]) -> None:
    page = start_training(ENDLESS)
    expect_state(page, 1, "running")
    for number in (2, 3, 4):
        button(page, "run_actions_repeat").click()
        expect(page.get_by_role("heading", name=f"Run {number}", exact=True)).to_be_visible()
    expect(queue(page)).to_have_text(["1. Run 2", "2. Run 3", "3. Run 4"])

    press_in_queue(page, 3, "up")
    expect(queue(page)).to_have_text(["1. Run 3", "2. Run 2", "3. Run 4"])
    press_in_queue(page, 4, "out")
    expect(queue(page)).to_have_text(["1. Run 3", "2. Run 2"])
    expect_state(page, 4, "stopped")

    show(page, 1)
    button(page, "live_run_stop").click()
    expect_state(page, 1, "stopped")
    expect_state(page, 3, "running")
    expect(queue(page)).to_have_text(["1. Run 2"])


def noted(page: Page, shown: str) -> JSHandle:
    """The numbers that ``shown`` gives from now on, one after the other, as long as the page stays."""
    return page.evaluate_handle(f"({NOTE})({shown})")


def more_epochs(page: Page, than: int = 0) -> int:
    """How many epochs the curve has, as soon as there are more of them."""
    longer = f"than => {{ const epochs = ({EPOCHS_DRAWN})(); return epochs > than && epochs; }}"
    return page.wait_for_function(longer, arg=than, timeout=TRAINING_MILLISECONDS).json_value()


def expect_to_go_on(page: Page, epochs: int) -> int:
    """Expects a curve that has no fewer epochs than it had when it was left, and grows."""
    found = more_epochs(page)
    assert found >= epochs
    return more_epochs(page, than=found)


def expect_state(page: Page, number: int, state: str) -> None:
    """Expects that the table says so of this run."""
    row = key(page, "run_table").get_by_test_id("stHorizontalBlock").filter(has=shows(page, number)).last
    expect(row.locator(".stMarkdownBadge")).to_contain_text(state, timeout=TRAINING_MILLISECONDS)


def show(page: Page, number: int) -> None:
    shows(page, number).click()
    expect(page.get_by_role("heading", name=f"Run {number}", exact=True)).to_be_visible()


def shows(page: Page, number: int) -> Locator:
    """The button in the table that shows this run above."""
    return page.get_by_role("button", name=f"Run {number}", exact=True)


def progress(page: Page) -> Locator:
    return page.get_by_test_id("stProgress")


def queue(page: Page) -> Locator:
    """The runs in the queue, each with its place."""
    return key(page, "run_queue").get_by_role("paragraph").filter(has_text=re.compile(r"^\d+\. "))


def press_in_queue(page: Page, number: int, name: str) -> None:
    row = key(page, "run_queue").get_by_test_id("stHorizontalBlock").filter(has_text=f"Run {number}")
    row.locator(f"[class*=st-key-run_queue_{name}_]").get_by_role("button").click()


def run_shown(page: Page) -> str:
    """The id of the run that the address names."""
    return parse_qs(urlsplit(page.url).query)["run"][0]


def stop_all(database: Database, project_id: str) -> None:
    """Leaves the engine free for the next test."""
    for run in store.of_project(database, project_id):
        control.request_stop(database, run.id)
    eventually(lambda: not any(run.state.is_active for run in store.of_project(database, project_id)))
