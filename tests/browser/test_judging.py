"""A person judges a net of two digits that are easily mixed up: the seal, the matrix, the threshold, the heat map."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from core.dataset.intake import take_in
from core.dataset.sources import open_source
from core.recipe import parse
from core.runs import decisions, engine, projects, store
from core.runs.database import Database
from core.runs.datasets import register_dataset
from core.runs.run import Run
from core.runs.states import RunState
from core.runs.tables import OpeningRow
from core.workspace import Workspace
from tests.browser.conftest import App
from tests.browser.on_screen import button, key, settled
from tests.core.runs.builders import eventually

RECIPE = """
image: {height: 28, width: 28, channels: 1}
layers:
  - {kind: Conv2D, filters: 4, kernel_size: 5, activation: relu}
  - {kind: MaxPooling2D, pool_size: 2}
  - {kind: Flatten}
  - {kind: Dense, units: 2, activation: softmax}
training: {loss: categorical_crossentropy, optimizer: {kind: SGD, learning_rate: 0.02}, batch_size: 32, epochs: 3}
"""
IMAGES_OF_EACH = 300
TRAINING_SECONDS = 180


@pytest.fixture(scope="module")
def run(app: App, database: Database, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A net that has learned a little of 3 and 8, trained by the engine of the app."""
    workspace = Workspace.at(app.home)
    dataset = take_in(open_source(str(threes_and_eights(tmp_path_factory))), workspace.datasets, lambda *_: None)
    register_dataset(database, dataset)
    project = projects.create(database, "Judged")
    projects.set_dataset(database, project.id, dataset.id)
    recipe = parse(RECIPE)
    projects.save_draft(database, project.id, recipe)
    run = store.enqueue(database, workspace, project.id, dataset.id, recipe)
    engine.ensure_engine(workspace)
    eventually(lambda: store.get(database, run.id).state is RunState.COMPLETED, TRAINING_SECONDS)
    return run


def threes_and_eights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("zip") / "threes and eights.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for place, member in enumerate(open_source("digits").members()):
            if place // 500 in (3, 8) and place % 500 < IMAGES_OF_EACH:
                archive.writestr(member.path, member.read())
    return path


@pytest.fixture
def evaluate(open_page: Callable[[str], Page], run: Run) -> Page:
    page = open_page(f"evaluate?project={run.project_id}")
    expect(page.get_by_text(re.compile(r"The simple methods learned from")).first).to_be_visible()
    settled(page)
    return page


def view(page: Page, name: str) -> None:
    """Another view, as a whole."""
    key(page, "evaluate_view").get_by_role("radio", name=re.compile(name)).click()
    settled(page)


def test_a_cell_of_the_matrix_shows_its_images(evaluate: Page) -> None:
    cell = evaluate.locator('svg.marks [aria-label*="True class: 3;"][aria-label*="Predicted: 8;"]').last
    images = int(re.search(r"Images: (\d+)", cell.get_attribute("aria-label") or "")[1])
    assert images, "a net that has learned so little mixes them up"
    cell.click()
    expect(evaluate.get_by_text(re.compile("3, taken for 8|3 → 8|3 taken for 8")).first).to_be_visible()
    expect(evaluate.locator(".st-key-matrix_images img, .st-key-case_gallery img").first).to_be_visible()


def test_the_net_shows_where_it_looks_and_how_it_became_so(evaluate: Page) -> None:
    view(evaluate, "Where it looks")
    expect(evaluate.get_by_text(re.compile("The warm places spoke for")).first).to_be_visible()
    view(evaluate, "Through the epochs")
    expect(evaluate.get_by_role("slider").first).to_be_visible()


def test_the_simple_methods_stand_beside_the_net(evaluate: Page) -> None:
    expect(evaluate.get_by_text(re.compile("logistic regression", re.IGNORECASE)).first).to_be_visible()
    expect(evaluate.get_by_text(re.compile(r"The simple methods learned from")).first).to_be_visible()


def test_the_report_is_written_and_kept(evaluate: Page) -> None:
    view(evaluate, "Report")
    settled(evaluate)
    with evaluate.expect_download() as download:
        evaluate.get_by_role("button", name=re.compile("HTML")).first.click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert "Lab report" in text
    assert "<script" not in text


def test_the_threshold_moves_the_matrix_and_is_kept(evaluate: Page, run: Run, database: Database) -> None:
    view(evaluate, "Thresholds")
    taken = evaluate.get_by_text(re.compile(r"8 taken for 3: [\d,]+ of [\d,]+")).first
    expect(taken).to_be_visible()
    before = taken.inner_text()
    slider = evaluate.get_by_role("slider").first
    slider.focus()
    for _hundredth in range(40):
        slider.press("PageDown")
    eventually(lambda: decisions.decision(database, run.id).threshold < 0.2, 30)
    expect(taken).not_to_have_text(before)
    evaluate.reload()
    view(evaluate, "Thresholds")
    expect(taken).not_to_have_text(before)


def test_the_seal_is_opened_on_record(evaluate: Page, run: Run, database: Database) -> None:
    key(evaluate, "evaluate_part").get_by_role("radio", name="Test").click()
    expect(evaluate.get_by_text("never opened")).to_be_visible()
    button(evaluate, "sealed_test_open").click()
    button(evaluate, "sealed_test_confirm").click()
    expect(evaluate.get_by_text("The record needs your name and a reason.")).to_be_visible()
    evaluate.get_by_label("Your name").fill("Kim")
    evaluate.get_by_label("Why now?").fill("Every choice is made.")
    button(evaluate, "sealed_test_confirm").click()
    expect(evaluate.get_by_text(re.compile("opened 1 time")).first).to_be_visible()
    with database.reading() as session:
        opening = session.scalars(select(OpeningRow).where(OpeningRow.run_id == run.id)).one()
    assert (opening.opened_by, opening.reason) == ("Kim", "Every choice is made.")
    assert opening.result is not None
