import numpy as np
import pytest
from PIL import Image

from core.quality.measures import COLUMNS, LARGEST, MeasuredImages, measures


def measured(pixels):
    return dict(zip(COLUMNS, measures(Image.fromarray(np.asarray(pixels, np.uint8))), strict=True))


def test_brightness_leaves_out_the_outermost_hundredth():
    pixels = np.full(1000, 100)
    pixels[:5], pixels[-9:] = 0, 255  # half a percent, and a little less than one
    found = measured(pixels.reshape(20, 50))
    assert (found["darkest"], found["brightest"]) == (100, 100)
    pixels[:11], pixels[-11:] = 20, 240
    found = measured(pixels.reshape(20, 50))
    assert (found["darkest"], found["brightest"]) == (20, 240)


def test_contrast_is_the_standard_deviation_of_the_grey_levels():
    found = measured([[0, 100], [100, 0]])
    assert (found["contrast"], found["colour"]) == (50, 0)


def test_colours_of_the_same_brightness_are_contrast_too():
    pixels = np.zeros((20, 20, 3))
    pixels[:10, :, 0], pixels[10:, :, 1] = 100, 51  # red and green, which are both 30 when grey
    found = measured(pixels)
    assert found["contrast"] == 50
    assert found["colour"] == 100


def test_an_image_of_one_pixel_can_be_measured():
    assert all(np.isfinite(value) for value in measures(Image.new("RGB", (1, 1), "red")))


@pytest.mark.parametrize("size", [(2 * LARGEST, 10), (10, 3000), (1024, 1024)])
def test_large_images_are_measured_smaller_and_passed_on_whole(size):
    images = MeasuredImages([Image.new("L", size, 50)])
    assert images[0].size == size
    assert images.table.loc[0, ["darkest", "brightest", "contrast"]].tolist() == [50, 50, 0]


def test_what_was_not_asked_for_is_not_known():
    images = MeasuredImages([Image.new("L", (8, 8)), Image.new("L", (8, 8), 9)])
    assert len(images) == 2
    _ = images[1]
    assert images.table["brightest"].tolist()[1] == 9
    assert images.table.loc[0].isna().all()
