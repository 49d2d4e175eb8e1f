import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from core.dataset.sources import open_source
from core.evaluation.trying.drawing import BLACK, WHITE, Misfit, Style

DIGITS = Style(paper=BLACK, has_margin=True, size=20 / 28, is_centred_by_mass=True)
SIDE = 280


def some(sample: str) -> np.ndarray:
    """Every twentieth image of a sample set, (images, height, width, 1)."""
    members = list(open_source(sample).members())[::20]
    return np.stack([np.asarray(Image.open(io.BytesIO(each.read())).convert("L")) for each in members])[..., np.newaxis]


def drawing(box, style=DIGITS) -> Image.Image:
    """A filled box (left, top, right, bottom; the ends are not in it) on the paper of ``style``."""
    paper = Image.new("L", (SIDE, SIDE), style.paper)
    left, top, right, bottom = box
    ImageDraw.Draw(paper).rectangle((left, top, right - 1, bottom - 1), fill=style.ink)
    return paper


def box_of(image: Image.Image, style=DIGITS) -> tuple[int, int, int, int]:
    return Image.fromarray((abs(np.asarray(image).astype(int) - style.paper) > 64).astype(np.uint8)).getbbox()


def test_the_digits_are_white_on_black_20_of_28_pixels_and_centred_by_mass():
    """As MNIST is described: in a box of 20 × 20 pixels, the centre of mass in the middle of 28 × 28."""
    style = Style.of(some("digits"))
    assert (style.paper, style.ink, style.has_margin, style.is_centred_by_mass) == (BLACK, WHITE, True, True)
    assert style.size == pytest.approx(20 / 28)


def test_the_silhouettes_fill_their_images_and_are_centred_by_their_box():
    style = Style.of(some("animals"))
    assert (style.paper, style.is_centred_by_mass) == (BLACK, False)
    assert style.size > 0.9


def test_the_negative_of_the_digits_is_drawn_black_on_white():
    style = Style.of(255 - some("digits"))
    assert (style.paper, style.ink, style.has_margin) == (WHITE, BLACK, True)
    assert style.size == pytest.approx(20 / 28)


def test_photos_have_no_empty_border():
    assert not Style.of(np.random.default_rng(0).integers(0, 256, (9, 20, 20, 1), dtype=np.uint8)).has_margin


@pytest.mark.parametrize("shade", [0, 90, 255])
def test_empty_images_are_no_style_to_follow(shade):
    assert not Style.of(np.full((3, 8, 8, 1), shade, np.uint8)).has_margin


@pytest.mark.parametrize(
    ("box", "misfits"),
    [
        ((90, 40, 190, 240), []),
        ((0, 0, 280, 280), []),
        ((120, 120, 160, 160), [Misfit.SMALL]),
        ((0, 40, 60, 240), [Misfit.OFF_CENTRE]),
        ((0, 0, 40, 40), [Misfit.SMALL, Misfit.OFF_CENTRE]),
    ],
)
def test_a_drawing_that_is_unlike_the_training_images_is_told(box, misfits):
    assert DIGITS.misfits(drawing(box)) == misfits


@pytest.mark.parametrize("box", [(0, 0, 20, 40), (200, 230, 240, 280), (60, 0, 200, 280), (139, 139, 141, 143)])
@pytest.mark.parametrize("paper", [BLACK, WHITE])
def test_a_fitted_drawing_has_the_size_of_the_training_images_and_stands_in_the_middle(box, paper):
    style = Style(paper=paper, has_margin=True, size=20 / 28, is_centred_by_mass=True)
    left, top, right, bottom = box_of(style.fitted(drawing(box, style)), style)
    assert max(right - left, bottom - top) == pytest.approx(200, abs=2)
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx((140, 140), abs=2)
    assert (right - left) / (bottom - top) == pytest.approx((box[2] - box[0]) / (box[3] - box[1]), rel=0.05)


def test_a_fitted_drawing_stays_as_it_is_when_it_is_fitted_again():
    once = DIGITS.fitted(drawing((10, 20, 60, 110)))
    assert np.abs(np.asarray(DIGITS.fitted(once)).astype(int) - np.asarray(once)).mean() < 3


@pytest.mark.parametrize("by_mass", [True, False])
def test_the_middle_is_that_of_the_mass_or_of_the_box(by_mass):
    """A long thin handle with a heavy head: their centres are far apart."""
    style = Style(paper=BLACK, has_margin=True, size=0.7, is_centred_by_mass=by_mass)
    hammer = drawing((100, 20, 110, 160))
    ImageDraw.Draw(hammer).rectangle((80, 20, 130, 60), fill=WHITE)
    fitted = style.fitted(hammer)
    ink = np.asarray(fitted).astype(float)
    mass_row = np.average(np.arange(SIDE) + 0.5, weights=ink.sum(axis=1))
    box_row = (box_of(fitted)[1] + box_of(fitted)[3]) / 2
    assert (mass_row if by_mass else box_row) == pytest.approx(140, abs=2)
    assert abs((box_row if by_mass else mass_row) - 140) > 10


def test_an_empty_drawing_is_left_alone():
    empty = Image.new("L", (SIDE, SIDE), BLACK)
    assert DIGITS.fitted(empty) is empty
    assert DIGITS.misfits(empty) == []
