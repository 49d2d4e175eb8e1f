import numpy as np
import pytest

from core.evaluation.simple_methods.small_images import drawn, small_images


def test_a_pixel_of_a_small_image_is_the_mean_of_a_block():
    image = np.arange(16, dtype=np.uint8).reshape(1, 4, 4, 1)
    small = small_images(image, np.array([0]), largest_side=2)
    assert (255 * small[0, :, :, 0]).tolist() == [[2.5, 4.5], [10.5, 12.5]]


@pytest.mark.parametrize(
    ("height", "width", "expected"),
    [(28, 28, (28, 28)), (32, 32, (32, 32)), (33, 64, (17, 32)), (100, 300, (25, 30)), (1, 1024, (1, 32))],
)
def test_no_side_is_longer_than_32_and_small_images_stay_as_they_are(height, width, expected):
    images = np.full((2, height, width, 3), 51, dtype=np.uint8)
    small = small_images(images, np.array([1]))
    assert small.shape == (1, *expected, 3)
    assert small.dtype == np.float32
    assert np.allclose(small, 0.2)


def test_a_last_block_that_is_smaller_is_a_mean_too():
    image = np.array([10, 20, 60], dtype=np.uint8).reshape(1, 3, 1, 1)
    small = small_images(image, np.array([0]), largest_side=2)
    assert np.allclose(255 * small.ravel(), [15, 60])


def test_drawn_images_keep_the_shares_of_the_classes_and_each_class_has_one():
    labels = np.repeat([0, 1, 2], [800, 199, 1])
    rows = np.arange(1000) * 3
    chosen = drawn(rows, labels, most=100)
    assert len(chosen) == len(set(chosen)) == 100
    assert (np.diff(chosen) > 0).all()
    assert np.bincount(labels[chosen // 3]).tolist() == [79, 20, 1]
    assert chosen.tolist() == drawn(rows, labels, most=100).tolist()


def test_few_images_are_all_drawn():
    assert drawn(np.array([4, 7]), None).tolist() == [4, 7]


def test_of_images_with_numbers_as_many_are_drawn():
    assert len(drawn(np.arange(50), None, most=20)) == 20
