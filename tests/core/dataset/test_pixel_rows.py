import numpy as np
from PIL import Image

from core.dataset.image_file import Header
from core.dataset.image_size import ImageSize
from core.dataset.pixel_rows import PixelRows
from core.dataset.suggestion import size_with


def test_images_of_many_sizes_are_kept_from_the_second_size_on(tmp_path):
    with PixelRows(tmp_path / "rows") as rows:
        suggested = None
        for width in range(100, 110):
            suggested = size_with(suggested, Header("jpg", width, 200, "RGB"))
            rows.add(Image.new("RGB", (width, 200), (width, 0, 0)), suggested)
        kept = [rows.row(number, suggested) for number in range(10)]
    assert suggested == ImageSize(height=64, width=64, channels=3)
    assert [int(np.unique(row[..., 0])[0]) for row in kept] == list(range(100, 110))


def test_a_change_of_size_begins_anew(tmp_path):
    small, large = ImageSize(height=2, width=2, channels=1), ImageSize(height=4, width=4, channels=1)
    with PixelRows(tmp_path / "rows") as rows:
        first, second = rows.add(Image.new("L", (4, 4), 9), small), rows.add(Image.new("L", (4, 4), 7), large)
        assert rows.row(first, large) is None
        assert rows.row(second, small) is None
        np.testing.assert_array_equal(rows.row(second, large), np.full((4, 4, 1), 7))
    assert not (tmp_path / "rows").exists()
