"""Curves that are looked at while they grow: a run whose worker is this test."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from core.dataset.store import Dataset
from core.recipe import default_recipe
from core.runs import admission, progress, projects
from core.runs.database import Database
from core.runs.process import Process
from core.runs.progress import EpochMetrics, StepMetrics
from core.runs.states import RunState
from core.workspace import Workspace
from tests.browser.conftest import App

STEPS_PER_EPOCH = 10
LOSS = "Curve of the loss on training and validation images over the epochs"


@dataclass
class Worker:
    """Reports what the worker of a run would."""

    database: Database
    project_id: str
    run_id: str
    epoch: int = 0

    def work_an_epoch(self) -> None:
        first = self.epoch * STEPS_PER_EPOCH
        self.epoch += 1
        steps = [StepMetrics(first + step, 2 / (first + step), 0.5, 0.001) for step in range(1, STEPS_PER_EPOCH + 1)]
        loss = 1 / self.epoch
        metrics = EpochMetrics(self.epoch, loss, 0.5, loss, 0.5, seconds=1.0, learning_rate=0.001)
        progress.report(self.database, self.run_id, steps=steps, epochs=[metrics])


@pytest.fixture
def worker(app: App, database: Database, digits: Dataset, request: pytest.FixtureRequest) -> Iterator[Worker]:
    project = projects.create(database, request.node.name[:80])
    recipe = default_recipe(digits.image_size, len(digits.class_names))
    projects.set_dataset(database, project.id, digits.id)
    projects.save_draft(database, project.id, recipe)
    process = Process.of(os.getpid())
    run_id = admission.admit(
        database, Workspace.at(app.home), recipe, digits.id, project_id=project.id, name=None, process=process
    )
    progress.begin(database, run_id, os.getpid())
    progress.describe_model(database, run_id, parameters=34, steps_per_epoch=STEPS_PER_EPOCH)
    working = Worker(database, project.id, run_id)
    working.work_an_epoch()
    yield working
    progress.finish(database, run_id, RunState.STOPPED)


@pytest.fixture
def chart(worker: Worker, open_page: Callable[[str], Page]) -> Locator:
    page = open_page(f"runs?project={worker.project_id}&run={worker.run_id}")
    drawn = page.get_by_label(LOSS, exact=True).locator("svg.marks")
    drawn.scroll_into_view_if_needed()
    expect(epochs(page)).to_have_text(re.compile(r"After 1 of"))
    return drawn


def epochs(page: Page) -> Locator:
    return page.get_by_text(re.compile(r"^After \d+ of \d+ epochs"))


def labels(chart: Locator) -> list[str]:
    """What stands along the axes: where one is."""
    return chart.locator(".role-axis-label text").all_text_contents()


def turn_wheel(chart: Locator, pixels: int, *, with_ctrl: bool) -> None:
    box = chart.bounding_box()
    assert box is not None
    chart.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 3)
    if with_ctrl:
        chart.page.keyboard.down("Control")
    chart.page.mouse.wheel(0, pixels)
    if with_ctrl:
        chart.page.keyboard.up("Control")


def test_the_zoom_stays_while_points_are_added_and_a_double_click_takes_it_back(chart: Locator, worker: Worker) -> None:
    page, last_epoch = chart.page, chart.locator(".role-axis-label text", has_text=re.compile(r"^5$"))
    expect(last_epoch).to_have_count(1)
    turn_wheel(chart, -500, with_ctrl=True)
    expect(last_epoch).to_have_count(0)
    close, drawn = labels(chart), chart.element_handle()

    for epoch in (2, 3):
        worker.work_an_epoch()
        expect(epochs(page)).to_have_text(re.compile(rf"After {epoch} of"))
        assert labels(chart) == close
    assert drawn.evaluate("chart => chart.isConnected"), "the chart is the same one: it has not been drawn anew"

    chart.dblclick(position={"x": 200, "y": 60})
    expect(last_epoch).to_have_count(1)


def test_the_wheel_alone_scrolls_the_page(chart: Locator) -> None:
    page, whole = chart.page, labels(chart)
    main = page.get_by_test_id("stMain")
    before = main.evaluate("main => main.scrollTop")
    turn_wheel(chart, 100, with_ctrl=False)
    page.wait_for_function("([main, before]) => main.scrollTop > before", arg=[main.element_handle(), before])
    assert labels(chart) == whole
