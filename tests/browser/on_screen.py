"""What is found on any screen of the app, and when a screen is at rest."""

from playwright.sync_api import Locator, Page, expect


def key(page: Page, name: str) -> Locator:
    """What has this key in the app."""
    return page.locator(f".st-key-{name}")


def button(page: Page, name: str) -> Locator:
    """The button that has this key in the app."""
    return key(page, name).get_by_role("button")


def settled(page: Page) -> None:
    """What was done last is on the screen as a whole, so that no field is replaced under the fingers."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def take_photo(page: Page) -> None:
    """Presses the button of the camera; until that shows something, pressing it takes nothing."""
    page.wait_for_function(
        "(video => video?.readyState === 4 && video.videoWidth > 0)(document.querySelector('video'))"
    )
    page.get_by_role("button", name="Take Photo").click()
