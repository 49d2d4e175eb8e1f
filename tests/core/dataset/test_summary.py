from core.dataset.summary import MODE_NAMES, counts, sizes
from tests.core.dataset.builders import plain, take, zip_of


def test_images_are_counted_by_class_and_by_size_and_mode(tmp_path):
    files = {f"고양이/{number}.png": plain(number) for number in range(3)}
    files |= {"강아지/1.png": plain(0, "RGB", (20, 30)), "강아지/2.jpg": plain(0, "CMYK", (20, 30), "JPEG")}
    dataset = take(zip_of(tmp_path / "a.zip", files), tmp_path / "datasets")
    assert counts(dataset).to_dict("list") == {"class_name": ["강아지", "고양이"], "images": [2, 3]}
    table = sizes(dataset)
    assert table.to_dict("list") == {
        "size": ["6 × 8", "30 × 20", "30 × 20"],
        "mode": ["L", "CMYK", "RGB"],
        "images": [3, 1, 1],
    }
    assert set(table["mode"]) <= set(MODE_NAMES)
