"""The layer builder as a person uses it: a net built by hand, mistakes mended by a click, layers moved, all undone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from core.dataset.store import Dataset
from core.recipe import default_recipe
from core.runs import projects
from core.runs.database import Database
from tests.browser.on_screen import key, settled

MENUS = {"Conv2D": "convolution", "AveragePooling2D": "pooling", "MaxPooling2D": "pooling", "Flatten": "shaping"}
MENUS |= {"Dense": "dense", "Residual": "shaping"}

LENET5 = [
    ("Conv2D", {"filters": 6, "kernel_size": "5 × 5", "padding": "same", "activation": "tanh"}, "28 × 28 × 6"),
    ("AveragePooling2D", {}, "14 × 14 × 6"),
    ("Conv2D", {"filters": 16, "kernel_size": "5 × 5", "activation": "tanh"}, "10 × 10 × 16"),
    ("AveragePooling2D", {}, "5 × 5 × 16"),
    ("Flatten", {}, "400"),
    ("Dense", {"units": 120, "activation": "tanh"}, "120"),
    ("Dense", {"units": 84, "activation": "tanh"}, "84"),
    ("Dense", {"units": 10, "activation": "softmax"}, "10"),
]


@pytest.fixture
def layers_page(database: Database, digits: Dataset, open_page) -> Page:
    """The layers of a new project with the digits; its net is the first CNN."""
    project = projects.create(database, f"Builder {len(projects.all_projects(database))}")
    projects.set_dataset(database, project.id, digits.id)
    projects.save_draft(database, project.id, default_recipe(digits.image_size, len(digits.class_names)))
    page = open_page(f"layers?project={project.id}")
    expect(rows(page)).to_have_count(6)
    return page


def test_lenet5_is_built_by_hand_from_an_empty_list_and_undone_to_the_start(layers_page: Page) -> None:
    page = layers_page
    for left in range(5, -1, -1):
        settled(page)
        listbox(page).press("Delete")
        expect(rows(page)).to_have_count(left)
    expect(page.get_by_text("There are no layers yet").first).to_be_visible()

    for number, (kind, settings, shape) in enumerate(LENET5, start=1):
        build(page, kind, settings, number, shape)
    expect(total(page, "61,706")).to_be_visible()
    expect(total(page, "416,520")).to_be_visible()
    expect(key(page, "layers_next").get_by_role("button")).to_be_enabled()

    undo = key(page, "undo_undo").get_by_role("button")
    edits = 6 + sum(1 + len(settings) for _, settings, _ in LENET5)
    for _ in range(edits):
        settled(page)
        before = listbox(page).text_content()
        undo.click()
        expect(listbox(page)).not_to_have_text(before)
    expect(undo).to_be_disabled()
    expect(rows(page)).to_have_count(6)
    expect(total(page, "35,338")).to_be_visible()


def test_three_mistakes_are_explained_where_they_are_and_mended_by_a_click(layers_page: Page) -> None:
    page = layers_page
    rows(page).nth(2).click()
    expect(form(page)).to_contain_text("Conv2D")
    type_in(page, "kernel_size", "15")
    expect(rows(page).nth(2)).to_contain_text("kernel_size of 15 × 15 is larger than the input of 12 × 12")
    expect(rows(page).nth(3)).to_contain_text("?")
    mend(page, "Set kernel_size to 12 × 12")
    expect(rows(page).nth(2)).to_contain_text("1 × 1 × 64")
    expect(rows(page).nth(3)).to_contain_text("pool_size of 2 × 2 is larger than the input of 1 × 1")
    mend(page, "Remove this MaxPooling2D")
    expect(rows(page)).to_have_count(5)

    rows(page).last.click()
    fill(page, "units", "7")
    expect(rows(page).last).to_contain_text("7 units, but the dataset has 10 classes")
    mend(page, "End with Dense(10)")
    expect(rows(page).last).to_contain_text("10 units · softmax")

    rows(page).nth(2).click()
    add(page, "Flatten")
    rows(page).nth(3).click()
    add(page, "MaxPooling2D")
    expect(rows(page).nth(4)).to_contain_text("needs a map")
    mend(page, "Remove this MaxPooling2D")
    expect(key(page, "layers_next").get_by_role("button")).to_be_enabled()


def test_layers_are_moved_by_the_keyboard_and_by_dragging(layers_page: Page) -> None:
    page = layers_page
    expect_kinds(page, ["Conv2D", "MaxPooling2D", "Conv2D", "MaxPooling2D", "Flatten", "Dense"])
    listbox(page).press("Alt+ArrowDown")
    expect_kinds(page, ["MaxPooling2D", "Conv2D", "Conv2D", "MaxPooling2D", "Flatten", "Dense"])
    expect(rows(page).nth(1)).to_have_attribute("aria-selected", "true")

    drag(page, 0, below=2)
    expect_kinds(page, ["Conv2D", "Conv2D", "MaxPooling2D", "MaxPooling2D", "Flatten", "Dense"])

    rows(page).nth(3).click()
    add(page, "Residual")
    expect(rows(page)).to_have_count(9)
    drag(page, 2, below=5)
    numbers = key(page, "layer_list").locator(".rows .number")
    expect(numbers).to_have_text(["1", "2", "3", "4", "4.1", "4.2", "4.3", "5", "6"])
    expect(rows(page).nth(5)).to_contain_text("MaxPooling2D")
    listbox(page).press("Alt+ArrowLeft")
    expect(numbers).to_have_text(["1", "2", "3", "4", "4.1", "4.2", "5", "6", "7"])
    expect(rows(page).nth(6)).to_contain_text("MaxPooling2D")


def test_keys_that_are_pressed_quickly_all_count(layers_page: Page) -> None:
    page = layers_page
    rows(page).last.click()
    expect(form(page)).to_contain_text("6 Dense", use_inner_text=True)
    for _ in range(3):
        listbox(page).press("Alt+ArrowUp")
    expect_kinds(page, ["Conv2D", "MaxPooling2D", "Dense", "Conv2D", "MaxPooling2D", "Flatten"])
    for key_ in ("Alt+ArrowDown", "Control+d", "Alt+ArrowDown"):
        listbox(page).press(key_)
    expect_kinds(page, ["Conv2D", "MaxPooling2D", "Conv2D", "Dense", "MaxPooling2D", "Dense", "Flatten"])


def test_what_was_typed_last_is_kept_when_a_repair_is_clicked(layers_page: Page) -> None:
    page = layers_page
    rows(page).last.click()
    fill(page, "units", "7")
    rows(page).first.click()
    expect(form(page)).to_contain_text("1 Conv2D", use_inner_text=True)
    settled(page)
    page.get_by_label("filters", exact=True).fill("20")
    page.get_by_role("button", name="End with Dense(10)").first.click()
    expect(rows(page).last).to_contain_text("10 units · softmax")
    expect(rows(page).first).to_contain_text("20 filters")


def test_a_layer_is_switched_off_and_a_residual_folded(layers_page: Page) -> None:
    page = layers_page
    rows(page).nth(1).click()
    listbox(page).press(" ")
    expect(rows(page).nth(1)).to_contain_text("off")
    expect(rows(page).nth(2)).to_contain_text("22 × 22 × 64")
    listbox(page).press(" ")
    expect(rows(page).nth(2)).to_contain_text("10 × 10 × 64")
    add(page, "Residual")
    expect(rows(page)).to_have_count(9)
    rows(page).nth(2).get_by_role("button").click()
    expect(rows(page)).to_have_count(7)


def test_a_brick_opens_its_layer_and_a_number_its_formula(layers_page: Page) -> None:
    page = layers_page
    key(page, "bricks_diagram").locator("[data-place='2']:visible").first.click()
    expect(rows(page).nth(2)).to_have_attribute("aria-selected", "true")
    view(page, "Numbers")
    key(page, "layer_numbers_parameters").locator("summary").click()
    expect(page.get_by_text("3 × 3 × 32 × 64 + 64 = 18,496")).to_be_visible()
    view(page, "Sees")
    expect(page.get_by_text("A patch of up to 10 × 10 pixels")).to_be_visible()


def test_a_net_is_pasted_as_text_and_a_model_of_keras_brought_in(layers_page: Page, tmp_path: Path) -> None:
    import keras

    page = layers_page
    key(page, "net_dialog_open").get_by_role("button").click()
    page.get_by_role("tab", name="Paste").click()
    text = page.get_by_role("textbox", name="Layers as text")
    text.fill("layers:\n  - {kind: Flatten}\n  - {kind: Dense, units: 10, activation: sofmax}")
    text.press("Control+Enter")
    expect(page.get_by_text("layers.1.activation must be")).to_be_visible()
    text.fill("layers:\n  - {kind: Flatten}\n  - {kind: Dense, units: 10, activation: softmax}")
    text.press("Control+Enter")
    key(page, "net_dialog_take_paste").get_by_role("button").click()
    expect(rows(page)).to_have_count(2)
    expect(total(page, "7,850")).to_be_visible()

    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(4, 3, activation="relu"),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.save(tmp_path / "mine.keras")
    key(page, "net_dialog_open").get_by_role("button").click()
    page.get_by_role("tab", name="Bring in a file").click()
    page.locator("[role=dialog] input[type=file]").set_input_files(tmp_path / "mine.keras")
    key(page, "net_dialog_take_file").get_by_role("button").click()
    expect(rows(page)).to_have_count(3)
    expect(total(page, f"{model.count_params():,}")).to_be_visible()


def test_memory_time_and_maps_come_from_a_process_beside_the_screen(layers_page: Page) -> None:
    page = layers_page
    settled(page)
    key(page, "forecast_panel_ask").get_by_role("button").click()
    expect(key(page, "forecast_panel_ask")).to_have_count(0)
    view(page, "Maps")
    expect(page.get_by_text(re.compile(r"Fits: .* of .*"))).to_be_visible(timeout=120_000)
    key(page, "feature_maps_view_ask").get_by_role("button").click()
    expect(page.get_by_text("32 of 32 channels")).to_be_visible(timeout=120_000)


def build(page: Page, kind: str, settings: dict[str, object], number: int, shape: str) -> None:
    """Adds a layer behind the last one, fills in its form and waits for its output shape."""
    if number > 1:
        rows(page).last.click()
        expect(rows(page).last).to_have_attribute("aria-selected", "true")
        expect(page.get_by_text(f"behind layer {number - 1}")).to_be_visible()
    add(page, kind)
    expect(rows(page)).to_have_count(number)
    expect(form(page)).to_contain_text(f"{number} {kind}", use_inner_text=True)
    for name, value in settings.items():
        if isinstance(value, int):
            fill(page, name, str(value))
        else:
            choose(page, name, str(value))
    expect(rows(page).nth(number - 1)).to_contain_text(shape)


def add(page: Page, kind: str) -> None:
    settled(page)
    count = rows(page).count()
    key(page, f"layer_palette_{MENUS[kind]}").get_by_role("button").click()
    page.get_by_role("menuitem").filter(has_text=re.compile(rf"^{kind} ")).click()
    expect(rows(page)).not_to_have_count(count)


def fill(page: Page, name: str, value: str) -> None:
    settled(page)
    field = page.get_by_label(name, exact=True)
    before = listbox(page).text_content()
    field.fill(value)
    field.press("Enter")
    expect(listbox(page)).not_to_have_text(before)


def choose(page: Page, name: str, value: str) -> None:
    settled(page)
    before = listbox(page).text_content()
    field = page.get_by_role("combobox", name=name, exact=True)
    field.click()
    field.press_sequentially(value)
    page.get_by_test_id("stSelectboxVirtualDropdown").get_by_text(value, exact=True).click()
    expect(listbox(page)).not_to_have_text(before)


def type_in(page: Page, name: str, value: str) -> None:
    """A size that is not offered."""
    settled(page)
    before = listbox(page).text_content()
    field = page.get_by_role("combobox", name=name, exact=True)
    field.click()
    field.press_sequentially(value)
    field.press("Enter")
    expect(listbox(page)).not_to_have_text(before)


def mend(page: Page, label: str) -> None:
    settled(page)
    before = listbox(page).text_content()
    page.get_by_role("button", name=re.compile(rf"{re.escape(label)}")).first.click()
    expect(listbox(page)).not_to_have_text(before)


def drag(page: Page, position: int, *, below: int) -> None:
    """Drags a row by its handle to the lower edge of another."""
    handle, target = rows(page).nth(position).locator(".handle"), rows(page).nth(below)
    target.scroll_into_view_if_needed()
    start, end = handle.bounding_box(), target.bounding_box()
    before = listbox(page).text_content()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + 60, end["y"] + end["height"] - 4, steps=6)
    expect(target).to_have_attribute("data-drop", "below")
    page.mouse.up()
    expect(listbox(page)).not_to_have_text(before)


def view(page: Page, name: str) -> None:
    settled(page)
    key(page, "layer_inspector_view").get_by_text(name, exact=True).click()


def expect_kinds(page: Page, kinds: list[str]) -> None:
    expect(key(page, "layer_list").locator(".rows .kind")).to_have_text(kinds)


def rows(page: Page) -> Locator:
    return listbox(page).get_by_role("option")


def listbox(page: Page) -> Locator:
    return key(page, "layer_list").get_by_role("listbox")


def form(page: Page) -> Locator:
    return key(page, "layers_inspector")


def total(page: Page, value: str) -> Locator:
    return key(page, "layer_totals").get_by_text(value, exact=True)
