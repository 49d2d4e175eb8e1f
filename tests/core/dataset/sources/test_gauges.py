"""The drawn gauges, read back by the eye of another method than the one that drew them."""

import hashlib
import io
import math

import numpy as np
import pytest
from PIL import Image

from core.dataset.sources import SAMPLES, open_source
from core.dataset.sources.gauges import HIGHEST_VALUE, SIDE


@pytest.fixture(scope="module")
def gauges():
    return [(member.path, member.known.value, member.read()) for member in open_source("gauges").members()]


def pixels(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)))


def test_there_are_as_many_as_are_announced_and_no_two_are_equal(gauges):
    assert len(gauges) == SAMPLES["gauges"].images == 2_000
    assert len({hashlib.sha256(data).digest() for _, _, data in gauges}) == 2_000
    assert {pixels(data).shape for _, _, data in gauges} == {(SIDE, SIDE)}
    assert gauges[7][0] == "gauge0007.png"
    assert SAMPLES["gauges"].predicts_numbers


def test_values_have_one_decimal_and_fill_the_scale(gauges):
    values = np.array([value for _, value, _ in gauges])
    assert np.array_equal(values, np.round(values, 1))
    assert 0 <= values.min() < 1
    assert 99 < values.max() <= HIGHEST_VALUE
    assert np.histogram(values, bins=10, range=(0, 100))[0].min() > 150


def test_the_same_images_are_drawn_every_time(gauges):
    again = [member.read() for member in open_source("gauges").members()]
    assert again == [data for _, _, data in gauges]


def test_the_needle_points_at_the_value(gauges):
    """Two gauges of different value differ most along their needles: on the mean of many, the needle is what stays.

    The scale begins at the lower left (135° clockwise from the right) and goes over the top to the lower right: 50 is
    straight up.
    """
    for value, (right, down) in ((0, (-1, 1)), (50, (0, -1)), (100, (1, 1))):
        near = [pixels(data).astype(float) for _, each, data in gauges if abs(each - value) < 4]
        near = [255 - image if image[image.shape[0] // 2].mean() < 128 else image for image in near]
        far = [pixels(data).astype(float) for _, each, data in gauges if abs(each - value) > 25]
        far = [255 - image if image[image.shape[0] // 2].mean() < 128 else image for image in far]
        needle = np.mean(far, axis=0) - np.mean(near, axis=0)
        rows, columns = np.mgrid[:SIDE, :SIDE] - (SIDE - 1) / 2
        inside = np.hypot(rows, columns) < 14
        weight = np.clip(needle, 0, None) * inside
        angle = math.degrees(math.atan2((weight * rows).sum(), (weight * columns).sum()))
        difference = (angle - math.degrees(math.atan2(down, right)) + 180) % 360 - 180
        assert abs(difference) < 15
