"""The main job as a person does it: own images in, a net, a training, its curves, a judgement."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from core.dataset.sources import open_source
from tests.browser.on_screen import key

CLASSES = ("0", "1", "2", "3")
IMAGES_PER_CLASS = 150
TRAINING_MILLISECONDS = 120_000


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A zip of real digits in four class folders with Korean names, and two files that cannot be used."""
    path = tmp_path_factory.mktemp("upload") / "숫자.zip"
    taken = dict.fromkeys(CLASSES, 0)
    with zipfile.ZipFile(path, "w") as archive:
        for member in open_source("digits").members():
            name = member.path.split("/")[0]
            if taken.get(name, IMAGES_PER_CLASS) < IMAGES_PER_CLASS:
                taken[name] += 1
                archive.writestr(f"숫자/{name}번/{taken[name]}.png", member.read())
        archive.writestr("숫자/0번/text.png", b"this is no image")
        archive.writestr("숫자/1번/empty.png", b"")
    return path


def test_a_person_uploads_a_zip_trains_and_judges(page: Page, archive: Path) -> None:
    start(page, "own")
    page.locator("input[type=file]").first.set_input_files(archive)

    expect(page.get_by_text("600 images · 4 classes · 28 × 28 × 1").first).to_be_visible(timeout=60_000)
    expect(page.get_by_text("0번").first).to_be_visible()
    expect(page.get_by_text("2 files were refused")).to_be_visible()

    key(page, "images_next").get_by_role("button").click()
    for part, images in (("Training", 420), ("Validation", 90), ("Test", 90)):
        expect(page.get_by_text(f"{part} {images} images").first).to_be_visible()

    key(page, "split_next").get_by_role("button").click()
    expect(page.get_by_text("24 × 24 × 32").locator("visible=true").first).to_be_visible()
    expect(page.get_by_text("25,732").locator("visible=true").first).to_be_visible()
    filters = page.get_by_label("filters", exact=True)
    filters.fill("16")
    filters.press("Enter")
    expect(page.get_by_text("24 × 24 × 16").locator("visible=true").first).to_be_visible()

    key(page, "layers_next").get_by_role("button").click()
    epochs = page.get_by_label("epochs", exact=True)
    epochs.fill("1000")
    epochs.press("Enter")
    expect(page.get_by_text("14,000 in all")).to_be_visible()

    key(page, "training_next").get_by_role("button").click()
    key(page, "runs_start").get_by_role("button").click()
    three_points = page.get_by_text(re.compile(r"After ([3-9]|\d{2,3}) of 1,?000 epochs")).first
    expect(three_points).to_be_visible(timeout=TRAINING_MILLISECONDS)
    stop = key(page, "live_run_stop").get_by_role("button")
    expect(stop).to_be_enabled(timeout=30_000)
    expect(page.locator(".vega-embed")).to_have_count(3)  # loss, accuracy, learning rate

    page.reload()
    expect(page.get_by_text(re.compile(r"After \d+ of 1,?000 epochs")).first).to_be_visible(timeout=60_000)
    stop.click()
    expect(stop).to_have_count(0, timeout=TRAINING_MILLISECONDS)

    key(page, "runs_next").get_by_role("button").click()
    expect(page.get_by_text(re.compile(r"of 90")).first).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Confusion matrix")).to_be_visible(timeout=60_000)
    page.locator(".vega-embed").first.wait_for()

    key(page, "evaluate_part").get_by_role("radio", name="Test").click()
    key(page, "sealed_test_open").get_by_role("button").click()
    page.get_by_label("Your name").fill("Kim")
    page.get_by_label("Why now?").fill("The end")
    key(page, "sealed_test_confirm").get_by_role("button").click()
    expect(page.get_by_text(re.compile("opened 1 time")).first).to_be_visible(timeout=60_000)


@pytest.mark.browser(locale="ko-KR", color_scheme="dark")
def test_from_landing_to_a_trained_model_in_three_clicks_in_korean(page: Page) -> None:
    start(page, "digits")
    key(page, "train_now").get_by_role("button").click(timeout=60_000)
    expect(page.get_by_text("완료").first).to_be_visible(timeout=TRAINING_MILLISECONDS)
    expect(page.get_by_text("검증").first).to_be_visible()


def test_a_file_that_is_no_archive_gets_a_sentence(page: Page, tmp_path: Path) -> None:
    image = BytesIO()
    Image.fromarray(np.zeros((8, 8), np.uint8)).save(image, "png")
    path = tmp_path / "cats.zip"
    path.write_bytes(image.getvalue())
    start(page, "own")
    page.locator("input[type=file]").first.set_input_files(path)
    expect(page.get_by_text("is not a zip archive")).to_be_visible(timeout=60_000)


def start(page: Page, name: str) -> None:
    """The first click: a card of the landing screen, or of the projects once there are some."""
    page.locator(f".st-key-landing_{name} button, .st-key-projects_{name} button").click()
