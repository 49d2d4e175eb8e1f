import numpy as np
import pytest

from ui.thumbnails import enlarged, sheet, spread


@pytest.mark.parametrize(
    ("shape", "side", "expected"),
    [((28, 28, 1), 88, (112, 112, 1)), ((28, 14, 3), 28, (28, 14, 3)), ((200, 100, 3), 88, (200, 100, 3))],
)
def test_an_image_is_enlarged_by_whole_factors(shape, side, expected):
    assert enlarged(np.zeros(shape, np.uint8), side).shape == expected


def test_an_enlarged_pixel_is_a_square_of_its_colour():
    assert enlarged(np.array([[0, 9]], np.uint8), 4).tolist() == [[0, 0, 9, 9], [0, 0, 9, 9]]


def test_a_sheet_sets_images_in_rows_with_transparent_gaps():
    images = [np.full((2, 2, 1), shade, np.uint8) for shade in (10, 20, 30)]
    paper = sheet(images, columns=2, gap=1)
    assert paper.shape == (5, 5, 4)
    assert paper[0, 3].tolist() == [20, 20, 20, 255]
    assert paper[3, 0].tolist() == [30, 30, 30, 255]
    assert paper[0, 2, 3] == paper[3, 3, 3] == 0


def test_images_are_taken_from_the_classes_in_turn():
    labels = np.array([0, 0, 0, 1, 1, 2])
    assert spread(labels, 6) == [0, 3, 5, 1, 4, 2]
    assert spread(labels, 2) == [0, 3]
    assert spread(np.array([], int), 3) == []
