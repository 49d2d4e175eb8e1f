"""From an edit in the layer builder to its readout, in a real browser, beside a bare page of one number input.

``python -m bench.edit_latency`` (``make bench-edits``) prints, for a bare page and for nets of 12 and 40 layers, the
median, the 95th percentile and the slowest time in seconds, and the ratios to the bare page. The pages are edited in
turn in one run, so that a busy machine slows all of them alike. The time is taken in the page: from the key that
commits the number until the frame in which the new output shape stands in the list of layers.
"""

import argparse
import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.web_server import server
from core.architecture import FRESH, Layer
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.dataset.intake import take_in
from core.dataset.sources import open_source
from core.recipe import default_recipe
from core.runs import projects
from core.runs.database import Database
from core.runs.datasets import register_dataset
from core.workspace import Workspace
from tests.browser import chromium

SAMPLE = "digits"

READOUTS = {"bare page": "[data-testid=stText]"}
LAYER_LIST = ".st-key-layer_list"

# A component has a document of its own, a shadow root, inside the element with its key.
MEASURE = """
async ([label, value, readout, expected]) => {
  const text = element => element.textContent
    + [...element.querySelectorAll('*')].map(inner => inner.shadowRoot?.textContent ?? '').join('')
  const input = document.querySelector(`input[aria-label="${label}"]`)
  input.focus()
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, value)
  input.dispatchEvent(new Event('input', {bubbles: true}))
  const began = performance.now()
  const enter = {key: 'Enter', code: 'Enter', keyCode: 13, bubbles: true}
  input.dispatchEvent(new KeyboardEvent('keydown', enter))
  input.dispatchEvent(new KeyboardEvent('keypress', enter))
  while (!text(document.querySelector(readout)).includes(expected)) await new Promise(requestAnimationFrame)
  return (performance.now() - began) / 1000
}
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.edit_latency", description=__doc__)
    parser.add_argument("--edits", type=int, default=50, help="how many edits of each page")
    edits = parser.parse_args().edits
    browser = chromium.find()
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        addresses = _addresses(stack, home)
        context = (
            stack.enter_context(sync_playwright())
            .chromium.launch(executable_path=browser, args=list(chromium.ARGUMENTS))
            .new_context(locale="en-US", viewport={"width": 1280, "height": 900})
        )
        pages = {name: _opened(context.new_page(), address) for name, address in addresses.items()}
        seconds: dict[str, list[float]] = {name: [] for name in pages}
        for edit in range(edits + 3):
            for name, page in pages.items():
                seconds[name].append(_edit(page, READOUTS.get(name, LAYER_LIST), 33 + edit))
    _print({name: times[3:] for name, times in seconds.items()})


def _edit(page: Page, readout: str, filters: int) -> float:
    page.bring_to_front()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    return page.evaluate(MEASURE, ["filters", str(filters), readout, f"24 × 24 × {filters}"])


def _opened(page: Page, address: str) -> Page:
    page.goto(address)
    page.get_by_label("filters", exact=True).wait_for()
    page.get_by_text("24 × 24 × 32").locator("visible=true").first.wait_for()
    page.wait_for_load_state("networkidle")
    return page


def _addresses(stack: ExitStack, home: Path) -> dict[str, str]:
    """The pages that are compared, by name, in servers that end with ``stack``."""
    workspace = Workspace.at(home)
    made = {f"{len(net)} layers": _project(workspace, net) for net in (_net(12), _net(40))}
    bare = stack.enter_context(server("bench/bare_page.py", home))
    ours = stack.enter_context(server("app.py", home))
    return {"bare page": bare} | {name: f"{ours}/layers?project={project}" for name, project in made.items()}


def _net(count: int) -> tuple[Layer, ...]:
    """``count`` layers that are found in nets of that size, on images of 28 × 28."""
    block = (Conv2D(filters=32, kernel_size=3, padding="same", activation="relu"), FRESH["BatchNormalization"])
    middle = [block[position % 2] for position in range(count - 6)]
    first = Conv2D(filters=32, kernel_size=5, activation="relu")
    end = (
        FRESH["MaxPooling2D"],
        FRESH["Flatten"],
        Dense(units=64),
        FRESH["Dropout"],
        Dense(units=10, activation="softmax"),
    )
    return (first, *middle, *end)


def _project(workspace: Workspace, layers: tuple[Layer, ...]) -> str:
    database = Database.open(workspace)
    dataset = take_in(open_source(SAMPLE), workspace.datasets, lambda done, total: None)
    register_dataset(database, dataset)
    project = projects.create(database, f"{len(layers)} layers")
    projects.set_dataset(database, project.id, dataset.id)
    recipe = default_recipe(dataset.image_size, len(dataset.class_names))
    projects.save_draft(database, project.id, recipe.model_copy(update={"layers": layers}))
    database.close()
    return project.id


def _print(seconds: dict[str, list[float]]) -> None:
    p95s = {name: _p95(times) for name, times in seconds.items()}
    bare = next(iter(p95s.values()))
    print("Seconds from the edit of a number to its readout")
    print(f"{'':>12} {'edits':>6} {'median':>8} {'p95':>8} {'slowest':>8} {'p95 ÷ bare':>11}")
    for name, times in seconds.items():
        figures = f"{statistics.median(times):>8.3f} {p95s[name]:>8.3f} {max(times):>8.3f} {p95s[name] / bare:>11.2f}"
        print(f"{name:>12} {len(times):>6} {figures}")


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


if __name__ == "__main__":
    main()
