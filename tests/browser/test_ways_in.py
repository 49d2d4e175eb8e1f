"""Images brought in by each way as a person does it, and what can be done to them then."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from core.runs import projects
from core.runs.database import Database
from tests.browser.conftest import App
from tests.browser.on_screen import button, key, settled, take_photo


def picture(shade: int) -> bytes:
    file = io.BytesIO()
    Image.new("L", (8, 8), shade).save(file, "PNG")
    return file.getvalue()


PETS = {
    f"{name}/{shade}.png": picture(shade) for name, shades in (("cats", (1, 2)), ("dogs", (3, 4))) for shade in shades
}


def payload(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


@pytest.fixture
def begin(
    open_page: Callable[[str], Page], database: Database, request: pytest.FixtureRequest
) -> Callable[[str], Page]:
    """Opens a new project on the way in with that title."""

    def begin_(way: str) -> Page:
        project = projects.create(database, f"{request.node.name} {way}"[:60])
        page = open_page(f"images?project={project.id}")
        choose(page, way)
        return page

    return begin_


def choose(page: Page, way: str) -> None:
    key(page, "upload_panel_way").get_by_text(re.compile(f"{way}$")).click()
    settled(page)


def drop(page: Page, name: str, *files: FilePayload) -> None:
    place = key(page, name)
    expect(place.get_by_role("button", name="Upload", exact=True)).to_be_enabled()  # not before the class has a name
    place.locator("input[type=file]").set_input_files(list(files))


def name_class(page: Page, name: str, class_name: str) -> None:
    field = key(page, f"{name}_new").get_by_role("textbox")
    field.fill(class_name)
    field.press("Enter")
    settled(page)


def see(page: Page, words: str) -> None:
    expect(page.get_by_text(words).locator("visible=true").first).to_be_visible()
    settled(page)


def test_a_zip_is_taken_in_more_is_added_and_a_class_renamed_and_that_undone(begin: Callable[[str], Page]) -> None:
    page = begin("Zip archive")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for path, content in PETS.items():
            file.writestr(path, content)
    drop(page, "upload_panel_zip", payload("pets.zip", archive.getvalue()))
    see(page, "4 images · 2 classes · 8 × 8 × 1")

    button(page, "add_images_open").click()
    choose(page, "One class at a time")
    name_class(page, "one_class_name_0", "birds")
    drop(page, "one_class_files_0", payload("a.png", picture(50)), payload("b.png", picture(60)))
    see(page, "6 images · 3 classes · 8 × 8 × 1")
    see(page, "Version 2: 2 images added")
    button(page, "more_images_close").click()
    settled(page)

    page.get_by_role("button", name="Change the classes").click()
    new_name = page.get_by_label("New name")
    new_name.fill("parrots")
    new_name.press("Enter")
    expect(button(page, "class_edits_apply")).to_be_enabled()
    button(page, "class_edits_apply").click()
    see(page, "Version 3: the class birds renamed to parrots")
    button(page, "dataset_history_undo").click()
    see(page, "Version 2: 2 images added")
    expect(page.get_by_text("birds").locator("visible=true").first).to_be_visible()


def test_a_folder_keeps_its_classes(begin: Callable[[str], Page], tmp_path: Path) -> None:
    for path, content in PETS.items():
        (tmp_path / "pets" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pets" / path).write_bytes(content)
    page = begin("Folder")
    key(page, "upload_panel_folder").locator("input[type=file]").set_input_files(tmp_path / "pets")
    see(page, "4 images · 2 classes · 8 × 8 × 1")


def test_classes_are_collected_and_the_camera_adds_to_one(begin: Callable[[str], Page]) -> None:
    page = begin("One class at a time")
    name_class(page, "one_class_name_0", "cats")
    drop(page, "one_class_files_0", payload("a.png", picture(1)), payload("b.png", picture(2)))
    see(page, "A second class is needed")

    choose(page, "Camera")
    name_class(page, "camera_class", "me")
    take_photo(page)
    expect(button(page, "camera_add")).to_be_enabled()
    button(page, "camera_add").click()
    see(page, "Take in 2 classes")
    button(page, "collected_classes_take").click()
    see(page, "3 images · 2 classes")


def test_a_table_of_numbers_is_looked_over_and_taken_in(begin: Callable[[str], Page]) -> None:
    page = begin("Table of labels")
    table = b"picture;temperature\n1.png;1,5\n2.png;2,5\n3.png;7\n"
    images = [payload(f"{shade}.png", picture(shade)) for shade in (1, 2, 3)]
    drop(page, "labels_table_files", payload("heat.csv", table), *images)
    expect(button(page, "labels_table_look")).to_be_enabled()
    button(page, "labels_table_look").click()
    see(page, "3 of 3 rows name a file that is there")
    button(page, "labels_table_take").click()
    see(page, "3 images · a number each · 8 × 8 × 1")


def test_a_folder_of_the_server_is_taken_in(begin: Callable[[str], Page], app: App) -> None:
    for path, content in PETS.items():
        (app.import_root / "pets" / path).parent.mkdir(parents=True, exist_ok=True)
        (app.import_root / "pets" / path).write_bytes(content)
    page = begin("Folder on the server")
    page.get_by_role("combobox", name="Folders in it").click()
    page.get_by_role("option", name="pets").click()
    see(page, "pets")
    button(page, "server_folder_take").click()
    see(page, "4 images · 2 classes · 8 × 8 × 1")
