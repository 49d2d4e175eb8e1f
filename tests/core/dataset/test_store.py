import numpy as np
import pytest
from PIL import Image

from core.dataset.image_size import ImageSize
from core.dataset.store import load, original, pixels
from core.errors import DatasetError
from tests.core.dataset.builders import TWO_CLASSES, image_bytes, noise, take, zip_of

PIXELS = {f"{name}/{number}.png": noise(6, 8, 1, seed=number) for number, name in enumerate(["a", "a", "b", "b"])}
FILES = {path: image_bytes(Image.fromarray(array)) for path, array in PIXELS.items()}


def test_pixels_of_the_suggested_size_are_there_and_in_the_order_of_the_images(tmp_path):
    dataset = take(zip_of(tmp_path / "a.zip", dict(reversed(FILES.items()))), tmp_path / "datasets")
    assert (dataset.folder / "arrays" / "6x8x1.npy").is_file()
    assert dataset.images["path"].to_list() == list(PIXELS)
    array = pixels(dataset, dataset.image_size)
    assert isinstance(array, np.memmap)
    assert not array.flags.writeable
    assert np.array_equal(array[..., 0], np.stack(list(PIXELS.values())))


def test_pixels_of_another_size_are_made_once_and_kept(tmp_path):
    dataset = take(zip_of(tmp_path / "a.zip", FILES), tmp_path / "datasets")
    size = ImageSize(height=3, width=4, channels=3)
    first = pixels(dataset, size)
    assert first.shape == (4, 3, 4, 3)
    made = (dataset.folder / "arrays" / "3x4x3.npy").stat()
    assert np.array_equal(pixels(dataset, size), first)
    assert (dataset.folder / "arrays" / "3x4x3.npy").stat().st_ino == made.st_ino


def test_originals_are_kept_byte_by_byte(tmp_path):
    dataset = take(zip_of(tmp_path / "a.zip", FILES), tmp_path / "datasets")
    assert [original(dataset, row).read_bytes() for row in range(4)] == list(FILES.values())


@pytest.mark.parametrize("dataset_id", ["0123456789abcdef", "../secret", "", "."])
def test_a_dataset_that_is_not_there_is_named(tmp_path, dataset_id):
    take(zip_of(tmp_path / "a.zip", TWO_CLASSES), tmp_path / "datasets")
    with pytest.raises(DatasetError, match="There is no dataset"):
        load(tmp_path / "datasets", dataset_id)
