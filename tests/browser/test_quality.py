"""What a person does about bad images: looks at the report, removes copies, and takes that back."""

import io
import zipfile
from collections.abc import Callable

from playwright.sync_api import Page, expect

from core.runs import projects
from core.runs.database import Database
from tests.browser.on_screen import button, key, settled
from tests.core.quality.inspecting import drawn

PLANTED = {
    **{f"cats/{number}.png": drawn(number) for number in range(4)},
    **{f"dogs/{number}.png": drawn(10 + number) for number in range(4)},
    "cats/again.png": drawn(0),
    "dogs/night.png": drawn(20).point(lambda value: value // 4),
}


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as opened:
        for path, image in PLANTED.items():
            content = io.BytesIO()
            image.save(content, "PNG")
            opened.writestr(path, content.getvalue())
    return file.getvalue()


def test_copies_are_found_removed_and_brought_back(open_page: Callable[[str], Page], database: Database) -> None:
    page = open_page(f"images?project={projects.create(database, 'Copies').id}")
    settled(page)
    key(page, "upload_panel_zip").locator("input[type=file]").set_input_files(
        {"name": "pets.zip", "mimeType": "application/zip", "buffer": archive()}
    )
    expect(page.get_by_text("10 images · 2 classes").locator("visible=true").first).to_be_visible()
    settled(page)

    page.get_by_test_id("stSidebarNav").get_by_text("Quality").click()
    expect(page.get_by_text("10 images looked at: 3 findings.")).to_be_visible()
    copies = key(page, "quality_card_exact_duplicates")
    expect(copies.get_by_text("1 image is there more than once")).to_be_visible()
    expect(copies.locator("img")).to_have_count(2)
    settled(page)
    copies.get_by_text("again.png").click()
    expect(copies.get_by_text("1 of 2 images chosen")).to_be_visible()
    button(page, "quality_actions_remove_exact_duplicates").click()
    expect(page.get_by_text("Version 2: 1 image removed")).to_be_visible()
    expect(page.get_by_text("9 images looked at: 2 findings.")).to_be_visible()
    expect(copies).to_have_count(0)
    settled(page)

    button(page, "dataset_history_undo").click()
    expect(page.get_by_text("10 images looked at: 3 findings.")).to_be_visible()
    expect(copies).to_be_visible()
