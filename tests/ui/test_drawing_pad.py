import base64

import pytest

from core.dataset.image_size import ImageSize
from ui.drawing_pad import pad


@pytest.fixture
def component(monkeypatch):
    """Instead of the component in the browser, one that keeps what it gets and gives a picture."""

    class Component:
        picture = None

        def __call__(self, *, key, data, on_picture_change):
            self.data = data
            return self

    made = Component()
    monkeypatch.setattr(pad, "_component", made)
    return made


@pytest.mark.parametrize(
    ("height", "width", "expected"),
    [(28, 28, (280, 280)), (20, 40, (140, 280)), (48, 30, (280, 175)), (512, 1024, (512, 1024))],
)
def test_the_paper_has_the_proportions_of_the_images_and_no_fewer_pixels(component, height, width, expected):
    pad.show(ImageSize(height=height, width=width, channels=1), 0, 255)
    assert (component.data["height"], component.data["width"]) == expected


def test_paper_and_ink_have_the_shades_that_are_asked_for(component):
    pad.show(ImageSize(height=28, width=28, channels=1), 0, 255)
    assert (component.data["paper"], component.data["ink"]) == ("rgb(0 0 0)", "rgb(255 255 255)")


@pytest.mark.parametrize("sent", [None, 7, "", "data:text/html;base64,AAAA", "data:image/png;base64,?!", ["x"]])
def test_what_no_pad_sends_is_no_drawing(component, sent):
    component.picture = sent
    assert pad.show(ImageSize(height=28, width=28, channels=1), 0, 255) is None


def test_a_picture_is_the_file_that_the_browser_made(component):
    component.picture = "data:image/png;base64," + base64.b64encode(b"\x89PNG").decode()
    assert pad.show(ImageSize(height=28, width=28, channels=1), 0, 255) == b"\x89PNG"
