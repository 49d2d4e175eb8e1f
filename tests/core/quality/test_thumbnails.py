import numpy as np
import pytest
from PIL import Image

from core.quality.look_alikes import look_alikes
from core.quality.thumbnails import SIDE, DatasetImages, thumbnails
from tests.core.dataset.builders import image_bytes, noise, plain, take, zip_of


def made(images):
    return thumbnails(images, lambda: None)


def dataset(tmp_path):
    """Its rows are sorted by path; the images have different sizes and formats."""
    picture = Image.fromarray(noise(40, 60, 3, seed=1)).resize((120, 80))
    files = {
        "a/1.png": image_bytes(picture),
        "a/2.bmp": image_bytes(picture.resize((90, 60)), "BMP"),
        "b/1.png": plain(30, size=(5, 7)),
        "b/2.gif": plain(200, file_format="GIF"),
    }
    return take(zip_of(tmp_path / "images.zip", files), tmp_path / "datasets")


def test_a_dataset_gives_its_originals_in_the_order_of_its_rows(tmp_path):
    images = DatasetImages(dataset(tmp_path))
    assert [images[position].size for position in range(len(images))] == [(120, 80), (90, 60), (5, 7), (8, 6)]


def test_look_alikes_of_a_dataset_whose_images_have_different_sizes(tmp_path):
    pairs = look_alikes(DatasetImages(dataset(tmp_path)), lambda done, total: None)
    assert pairs[["first", "second"]].to_numpy().tolist() == [[0, 1]]


@pytest.mark.parametrize("size", [(1, 1), (8, 1000), (1000, 8), (SIDE, SIDE), (300, 200)])
def test_every_size_becomes_one(size):
    grey = made([Image.new("L", size, 77)]).grey
    assert grey.shape == (1, SIDE, SIDE)
    assert (grey == 77).all()


@pytest.mark.parametrize(
    ("colour", "blue", "red"),
    [((255, 255, 255), 128, 128), ((0, 0, 255), 255, 107), ((255, 0, 0), 85, 255), ((0, 255, 0), 44, 21)],
)
def test_colours_are_those_of_itu_r_601(colour, blue, red):
    """The numbers stand in the JPEG File Interchange Format: Cb = 128 − 0.1687 R − 0.3313 G + 0.5 B, and so on."""
    colours = made([Image.new("RGB", (50, 50), colour)]).colours
    assert np.abs(colours.astype(int) - [[blue] * 4 + [red] * 4]).max() <= 1


def test_a_grey_image_has_no_colour_and_a_step_is_counted_for_each():
    steps = []
    result = thumbnails([Image.fromarray(noise(9, 9, 1))] * 3, lambda: steps.append(1))
    assert (result.colours == 128).all()
    assert len(steps) == 3
