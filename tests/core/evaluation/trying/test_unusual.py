import numpy as np
import pytest

from core.dataset.image_size import ImageSize
from core.evaluation.trying import unusual
from core.evaluation.trying.unusual import unusual_pictures

SIZE = ImageSize(height=6, width=6, channels=1)
FOUR = np.zeros((6, 6, 1), np.uint8)
FOUR[0] = 255
SQUARE = np.full((6, 6, 1), 80, np.uint8)


def titles(pictures):
    return [str(picture.title) for picture in pictures]


@pytest.mark.parametrize(
    ("class_names", "other"),
    [
        (("0", "1", "7"), "From another set: Animal silhouettes"),
        (("cat", "dog"), "From another set: Handwritten digits"),
        ((), "From another set: Handwritten digits"),
        (("0", "cat"), "From another set: Gauges to read"),
    ],
)
def test_the_other_set_has_none_of_the_classes(class_names, other):
    pictures = unusual_pictures(SIZE, class_names, np.stack([FOUR]))
    assert titles(pictures) == ["Noise", "Plain grey", "A training image upside down", other]


def test_upside_down_is_an_image_that_it_changes():
    upside_down = unusual_pictures(SIZE, ("a", "b"), np.stack([SQUARE, FOUR, SQUARE]))[2]
    assert np.array_equal(np.asarray(upside_down.image), FOUR[::-1, ::-1, 0])


@pytest.mark.parametrize("channels", [1, 3])
def test_noise_and_grey_have_the_size_and_the_colours_of_the_recipe(channels):
    size = ImageSize(height=5, width=9, channels=channels)
    noise, grey, *_ = unusual_pictures(size, ("a", "b"), np.zeros((1, 5, 9, channels), np.uint8))
    assert noise.image.size == grey.image.size == (9, 5)
    assert len(np.unique(noise.image)) > 30
    assert np.unique(grey.image).tolist() == [128]
    assert len(noise.image.getbands()) == channels


def test_a_sample_set_that_is_not_installed_is_left_out(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert len(unusual_pictures(SIZE, ("a", "b"), np.stack([FOUR]))) == 3


def test_the_sets_that_it_takes_from_are_there():
    assert set(unusual._OTHER_SETS) <= set(unusual.SAMPLES)
