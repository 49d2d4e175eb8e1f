"""A person has the best settings searched for in six trainings, watches them come in, and takes the best one on."""

import re
from collections.abc import Callable

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from core.dataset.store import Dataset
from core.recipe import parse
from core.runs import engine, projects, store
from core.runs.database import Database
from core.tuning import searches
from core.tuning.searches import Search
from core.tuning.space import SearchSpace
from core.tuning.trials import best_k, trials
from core.workspace import Workspace
from tests.browser.conftest import App
from tests.browser.on_screen import button, key, settled
from tests.core.runs.builders import eventually

RECIPE = """
image: {height: 28, width: 28, channels: 1}
layers:
  - {kind: Conv2D, filters: 6, kernel_size: 5, activation: relu}
  - {kind: MaxPooling2D, pool_size: 4}
  - {kind: Flatten}
  - {kind: Dense, units: 10, activation: softmax}
training:
  loss: categorical_crossentropy
  optimizer: {kind: Adam, learning_rate: 0.001}
  batch_size: 64
  epochs: 3
"""
TRIALS, SEED = 6, 58
STATES = ["complete"] * 4 + ["pruned"] * 2
"""What becomes of the trials of this seed on any machine: the median prunes once four are complete, and the last two
have rates of 0.00005 and 0.000009, by which nothing is learned in the first epoch. Of the four, each has another rate
and other filters than the draft, and the second and the fourth have as many filters."""
SPACE = SearchSpace.model_validate(
    {
        "parameters": {
            "training.optimizer.learning_rate": {"low": 1e-6, "high": 0.01, "log": True},
            "layers.0.filters": {"choices": (3, 6, 12)},
        },
        "sampler": "random",
        "pruner": "median",
        "seed": SEED,
    }
)
"""What is chosen on the screen."""
SEARCH_SECONDS = 600
"""The longest that all trials are waited for."""
pytestmark = pytest.mark.timeout(SEARCH_SECONDS + 300)
ROW, TICK = 35, 16
"""Pixels of a table: how high a row is, and how far from the left edge it is ticked."""
MARKS = ".mark-symbol [aria-label*='state: ']"
"""The trials that are marked in a picture, without the ring round the best."""


@pytest.fixture(scope="module")
def project_id(database: Database, digits: Dataset) -> str:
    """A project with the digits and a small net that is quick to train."""
    return make_project(database, digits, "Tuned")


@pytest.fixture
def search(app: App, database: Database, project_id: str) -> Search:
    """The search of the first test, at its end; where that one is not run, one like it."""
    if not searches.of_project(database, project_id):
        begin(database, Workspace.at(app.home), project_id)
    (search,) = searches.of_project(database, project_id)
    eventually(lambda: searches.get(database, search.id).is_at_rest, SEARCH_SECONDS)
    return search


@pytest.fixture
def table(database: Database, search: Search) -> pd.DataFrame:
    """Its trials."""
    found = trials(database, search.id)
    assert found["state"].tolist() == STATES
    return found


@pytest.fixture
def tune(open_page: Callable[[str], Page], search: Search) -> Page:
    """The screen with that search."""
    return opened(open_page, search.project_id)


def test_a_search_is_chosen_begun_and_watched_to_its_end_with_a_pause(
    open_page: Callable[[str], Page], project_id: str, database: Database
) -> None:
    page = opened(open_page, project_id)
    expect(page.get_by_text("No search yet")).to_be_visible()
    choose_what_is_searched(page)
    choose_how_it_is_searched(page)
    button(page, "tune_start").click()
    expect(page.get_by_text("Search 1 has begun.")).to_be_visible()
    (search,) = searches.of_project(database, project_id)
    assert (search.space, search.trials) == (SPACE, TRIALS)

    seen = more_marks(page, than=0)
    button(page, "search_controls_pause").click()
    expect_state(page, "paused")
    assert searches.get(database, search.id).is_at_rest
    button(page, "search_controls_play_arrow").click()
    expect_state(page, "at work")
    page.reload()
    expect_state(page, "at work")
    more_marks(page, than=seen)

    expect(page.get_by_text("Search 1 has ended.")).to_be_visible(timeout=SEARCH_SECONDS * 1000)
    expect_state(page, "completed")
    expect(page.get_by_text("6 of 6 trials are done")).to_be_visible()
    expect(page.get_by_text("2 trials were ended early.")).to_be_visible()
    expect(marks(page)).to_have_count(TRIALS)
    assert trials(database, search.id)["state"].tolist() == STATES


def test_each_picture_is_drawn_and_has_its_table(tune: Page, table: pd.DataFrame) -> None:
    expect(marks(tune, "complete")).to_have_count(4)
    expect(marks(tune, "pruned")).to_have_count(2)
    expect(tune.get_by_text(f"in trial {best(table)['number'] + 1}.")).to_be_visible()
    expect_table(tune, "pictures_best_so_far_table", rows=4)

    picture(tune, "Every curve")
    expect(ends(tune, "complete", epoch=3)).to_have_count(4)
    expect(ends(tune, "pruned", epoch=1)).to_have_count(2)
    expect_table(tune, "pictures_trial_curves_table", rows=TRIALS)

    picture(tune, "Parallel coordinates")
    for trial in range(1, TRIALS + 1):
        expect(key(tune, "pictures").locator(f".mark-line [aria-label$='trial: {trial}']").first).to_be_attached()
    expect_table(tune, "pictures_parallel_table", rows=TRIALS)

    picture(tune, "Slices")
    for setting in ("Learning rate", "Filters of layer 1 (Conv2D)"):
        chart = tune.get_by_label(f"What the trials reached, by {setting}")
        expect(chart.locator(MARKS)).to_have_count(TRIALS)
    expect_table(tune, "pictures_slices_table", rows=TRIALS)

    picture(tune, "Importance")
    expect(tune.get_by_text("cannot be told from 4 complete trials. It takes 10 at least.")).to_be_visible()

    picture(tune, "All trials")
    tick(key(tune, "pictures"), row=TRIALS)
    expect(tune.get_by_role("link", name=f"Open run {TRIALS}")).to_be_visible()


def test_the_best_trial_flatters_becomes_the_draft_and_is_taken_back(
    tune: Page, table: pd.DataFrame, database: Database
) -> None:
    found = best(table)
    trial, recipe = found["number"] + 1, store.get(database, found["run_id"]).recipe
    expect(key(tune, "best_trial")).to_contain_text(f"{found['value']:.1%}")
    expect(key(tune, "best_trial")).to_contain_text(f"Trial {trial}, and what it changes")
    expect(key(tune, "best_trial")).to_contain_text("The best of 4 trials looks better than it is")
    expect(key(tune, "to_builder")).to_contain_text("2 things in the draft would change:")

    button(tune, "to_builder_send").click()
    expect(tune.get_by_text(f"The draft is now the recipe of trial {trial}.")).to_be_visible()
    key(tune, "to_builder").get_by_role("link", name="Go to the layers").click()
    expect_filters(tune, recipe.layers[0].filters)
    to_screen(tune, "Training")
    expect(rate(tune)).to_have_value(str(recipe.training.optimizer.learning_rate))

    button(tune, "undo_undo").click()
    expect(rate(tune)).to_have_value("0.001")
    to_screen(tune, "Layers")
    expect_filters(tune, 6)


def test_trials_are_laid_over_each_other_and_told_apart(tune: Page, table: pd.DataFrame) -> None:
    button(tune, "tune_next").click()
    expect(tune.get_by_text("6 of 6 runs")).to_be_visible()
    choose_run(tune, 2, "run 2")
    choose_run(tune, 4, "runs 2, 4")
    expect(tune.get_by_text(f"Only one thing changed, {change_of_rate(table, 2, 4)}.")).to_be_visible()
    expect(legend(tune)).to_have_text(["Run 2", "Run 4"])

    choose_run(tune, 4, "run 2")
    choose_run(tune, 3, "runs 2, 3")
    changes = key(tune, "two_runs_changes")
    expect(changes.get_by_role("alert")).to_contain_text("2 things changed, so the difference has no single cause.")
    expect(changes.get_by_role("listitem")).to_have_text(
        ["filters of Conv2D (layer 1): 3 → 12", change_of_rate(table, 2, 3)]
    )
    expect(legend(tune)).to_have_text(["Run 2", "Run 3"])


def test_a_range_that_begins_above_its_end_is_told_and_cannot_be_searched(
    open_page: Callable[[str], Page], database: Database, digits: Dataset
) -> None:
    page = opened(open_page, make_project(database, digits, "Mistaken"))
    type_in(page, "From", "0.1")
    expect(page.get_by_text("The range begins above its end.")).to_be_visible()
    expect(page.get_by_text("First mend what is marked above.")).to_be_visible()
    expect(button(page, "tune_start")).to_be_disabled()
    type_in(page, "To", "1")
    expect(page.get_by_text("The range begins above its end.")).to_have_count(0)
    expect(button(page, "tune_start")).to_be_enabled()


@pytest.mark.browser(locale="ko-KR", color_scheme="dark", width=820, height=1180)
def test_in_korean_on_a_dark_tablet_the_screen_is_drawn_whole(tune: Page) -> None:
    expect(key(tune, "pictures").get_by_text("검증")).to_be_visible()
    expect(marks(tune)).to_have_count(TRIALS)
    expect(key(tune, "best_trial").locator(".vega-embed")).to_be_visible()
    tune.locator("[data-testid=stExpander] summary").first.click()
    expect(button(tune, "tune_start")).to_be_enabled()
    settled(tune)
    beyond = tune.get_by_test_id("stMain").evaluate("main => main.scrollWidth - main.clientWidth")
    assert beyond <= 0, "nothing stands beyond the right edge"


def make_project(database: Database, dataset: Dataset, name: str) -> str:
    project = projects.create(database, name)
    projects.set_dataset(database, project.id, dataset.id)
    projects.save_draft(database, project.id, parse(RECIPE))
    return project.id


def begin(database: Database, workspace: Workspace, project_id: str) -> None:
    project = projects.get(database, project_id)
    searches.create(database, workspace, project_id, project.dataset_id, project.draft, SPACE, trials=TRIALS)
    engine.ensure_engine(workspace)


def best(table: pd.DataFrame) -> pd.Series:
    return best_k(table, SPACE).iloc[0]


def opened(open_page: Callable[[str], Page], project_id: str) -> Page:
    page = open_page(f"tune?project={project_id}")
    expect(page.get_by_test_id("stHeading").first).to_be_visible()
    settled(page)
    return page


def choose_what_is_searched(page: Page) -> None:
    """The learning rate, from far too low on, and the filters of the first layer."""
    page.get_by_role("combobox", name="Layers").click()
    page.get_by_role("option", name="Filters of layer 1 (Conv2D)").click()
    page.keyboard.press("Escape")
    type_in(page, "From", "0.000001")


def choose_how_it_is_searched(page: Page) -> None:
    for name in ("Random", "Median"):
        settled(page)
        page.get_by_role("radio", name=name).click()
    type_in(page, "Trials", str(TRIALS))
    page.get_by_text("Objective and seed").click()
    type_in(page, "Seed", str(SEED))


def type_in(page: Page, label: str, value: str) -> None:
    settled(page)
    field = page.get_by_label(label, exact=True)
    field.fill(value)
    field.press("Enter")
    settled(page)


def picture(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name).click()
    settled(page)


def marks(page: Page, state: str = "") -> Locator:
    """The trials in the picture of the best so far; only those in ``state``, where that is given."""
    return key(page, "pictures").locator(f"{MARKS}[aria-label*='state: {state}']")


def more_marks(page: Page, than: int) -> int:
    """How many trials are marked, as soon as there are more of them: no page is loaded for that."""
    expect(marks(page).nth(than)).to_be_attached(timeout=SEARCH_SECONDS * 1000)
    return marks(page).count()


def ends(page: Page, state: str, epoch: int) -> Locator:
    """Where the curves of trials in ``state`` end, if that is after ``epoch``."""
    return marks(page, state).and_(page.locator(f"[aria-label^='Epochs done: {epoch};']"))


def expect_state(page: Page, state: str) -> None:
    badge = key(page, "live_search_heading").locator(".stMarkdownBadge")
    expect(badge).to_have_text(re.compile(rf"{state}$"), timeout=SEARCH_SECONDS * 1000)


def expect_table(page: Page, name: str, rows: int) -> None:
    """Expects that a click brings the picture as a table of so many rows."""
    key(page, name).locator("summary").click()
    expect(key(page, name).locator("[role=grid]")).to_have_attribute("aria-rowcount", str(1 + rows))


def expect_filters(page: Page, filters: int) -> None:
    rows = key(page, "layer_list").get_by_role("listbox").get_by_role("option")
    expect(rows.first).to_contain_text(f"{filters} filters")


def rate(page: Page) -> Locator:
    """The field, also while another one takes its place."""
    return page.get_by_label("learning_rate", exact=True).first


def to_screen(page: Page, name: str) -> None:
    page.get_by_test_id("stSidebar").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    settled(page)


def choose_run(page: Page, number: int, chosen: str) -> None:
    """Ticks the run of this number, or takes its tick away; the newest stands on top. Then the ``chosen`` ones are
    those."""
    settled(page)
    tick(key(page, "compare_table"), row=TRIALS + 1 - number)
    expect(page.get_by_text(f"Chosen: {chosen}", exact=True)).to_be_visible()


def tick(table: Locator, row: int) -> None:
    """Ticks a row, counted from 1."""
    table.locator(".dvn-scroller").click(position={"x": TICK, "y": row * ROW + ROW // 2})


def change_of_rate(table: pd.DataFrame, before: int, after: int) -> str:
    """How it is told of the trials of these numbers, from 1."""
    first, second = (f"{table['training.optimizer.learning_rate'][number - 1]:.4g}" for number in (before, after))
    return f"learning rate: {first} → {second}"


def legend(page: Page) -> Locator:
    """The names of the curves of the loss."""
    return key(page, "overlay_loss").locator(".role-legend-label text")
