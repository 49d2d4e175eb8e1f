import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from core.quality.sharpness import sharpness
from tests.core.dataset.builders import noise


def disk(radius=10):
    image = Image.new("L", (40, 40), 30)
    ImageDraw.Draw(image).ellipse((20 - radius, 20 - radius, 20 + radius, 20 + radius), fill=220)
    return image


def of(image):
    return sharpness(np.asarray(image, np.float32))


def test_each_blur_makes_it_less():
    values = [of(disk().filter(ImageFilter.GaussianBlur(radius))) for radius in (0, 0.7, 1, 1.5, 2, 3)]
    assert values == sorted(values, reverse=True)
    assert values[0] > 1.2
    assert values[3] < 0.75


@pytest.mark.parametrize("change", [lambda level: level / 2, lambda level: level / 4 + 150, lambda level: 255 - level])
def test_it_depends_neither_on_contrast_nor_on_brightness(change):
    for image in (disk(), disk().filter(ImageFilter.GaussianBlur(2))):
        assert of(image.point(change)) == pytest.approx(of(image), rel=0.1)


def test_it_is_the_laplacian_relative_to_the_slopes():
    """White noise, by hand: the Laplacian has 20 times its variance, each of the two slopes twice."""
    assert sharpness(noise(200, 200, channels=1).astype(np.float32)) == pytest.approx((20 / 4) ** 0.5, rel=0.02)


@pytest.mark.parametrize("grey", [np.full((28, 28), 7), np.zeros((1, 50)), np.zeros((2, 2)), noise(28, 28, 1) % 2])
def test_what_shows_nothing_is_not_blurry(grey):
    assert sharpness(grey.astype(np.float32)) >= 2**0.5
