import numpy as np
import pytest

from core.dataset.array_file import array_name, read_array, write_array
from core.dataset.image_size import ImageSize

SIZE = ImageSize(height=2, width=3, channels=1)


def rows(count):
    return np.arange(count * 6, dtype=np.uint8).reshape(count, *SIZE.shape)


@pytest.mark.parametrize(("most_images", "images"), [(4, 4), (4, 3), (100_000, 2), (4, 0)])
def test_what_is_read_is_what_was_written_also_when_fewer_came(tmp_path, most_images, images):
    path = tmp_path / "arrays" / array_name(SIZE)
    write_array(path, SIZE, most_images, iter(rows(images)))
    array = np.load(path)
    assert array.shape == (images, 2, 3, 1)
    assert np.array_equal(array, rows(images))
    assert [file.name for file in path.parent.iterdir()] == ["2x3x1.npy"]


def test_the_array_is_read_only(tmp_path):
    write_array(tmp_path / "a.npy", SIZE, 2, iter(rows(2)))
    assert not read_array(tmp_path / "a.npy").flags.writeable


def test_a_failure_half_way_leaves_nothing(tmp_path):
    def broken():
        yield rows(1)[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_array(tmp_path / "arrays" / "a.npy", SIZE, 2, broken())
    assert list((tmp_path / "arrays").iterdir()) == []


@pytest.mark.parametrize(
    ("fit", "name"), [("stretch", "2x3x1.npy"), ("pad", "2x3x1-pad.npy"), ("crop", "2x3x1-crop.npy")]
)
def test_each_fit_has_a_file_of_its_own(fit, name):
    assert array_name(SIZE.model_copy(update={"fit": fit})) == name
