"""What a person finds out about series of almost equal pictures: kept together, and what a random split hides."""

import re

from playwright.sync_api import Page, expect

from core.runs import projects
from core.runs.database import Database
from tests.browser.on_screen import button, key, settled

TRAINING_MILLISECONDS = 120_000
EPOCHS = 3


def test_a_random_split_of_bursts_is_found_out(page: Page, database: Database) -> None:
    page.locator(".st-key-landing_bursts button, .st-key-projects_bursts button").click()
    expect(page.get_by_text("1,500 images · 5 classes · 28 × 28 × 1").first).to_be_visible()
    shorten_training(database)
    button(page, "images_next").click()

    key(page, "split_form_keep_together").get_by_role("radio", name="Nothing").click()
    settled(page)
    key(page, "split_form_keep_together").get_by_role("radio", name="Groups").click()
    expect(page.get_by_text("50 groups of 30 images each.")).to_be_visible()
    expect(page.get_by_text("No group is on both sides.")).to_be_visible()
    settled(page)

    key(page, "leak_pairs_which").get_by_role("radio", name="With this split").click()
    expect(page.get_by_text("With this split there is none.")).to_be_visible()
    key(page, "leak_pairs_which").get_by_role("radio", name="If nothing were kept together").click()
    expect(page.get_by_text(re.compile("of one group|similarity")).first).to_be_visible()

    settled(page)
    button(page, "leak_demo_start").click()
    expect(page.get_by_text("were an illusion")).to_be_visible(timeout=TRAINING_MILLISECONDS)
    expect(key(page, "leak_demo").locator(".vega-embed")).to_be_visible()
    scattered, together = _promised_and_found(page)
    assert scattered > together
    page.reload()
    expect(page.get_by_text("were an illusion")).to_be_visible()


def shorten_training(database: Database) -> None:
    """Three epochs are enough for what the test is about."""
    project = projects.all_projects(database)[0]
    training = project.draft.training.model_copy(update={"epochs": EPOCHS})
    projects.save_draft(database, project.id, project.draft.model_copy(update={"training": training}))


def _promised_and_found(page: Page) -> tuple[float, float]:
    sentence = page.get_by_text("were an illusion").inner_text()
    promised, found = re.findall(r"([0-9.]+)%", sentence)
    return float(promised), float(found)
