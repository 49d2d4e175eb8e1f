"""The same good and bad files through every way in: the good ones are taken, the rest is said to be wrong."""

import stat
import zipfile

import pytest
from PIL import Image

from core.dataset.intake import take_in
from core.dataset.limits import MEGABYTE, Limits
from core.dataset.sources import open_source, with_class
from core.dataset.store import pixels
from core.errors import DatasetError
from tests.core.dataset.builders import TWO_CLASSES, folder_of, image_bytes, noise, plain, reasons, take, zip_of
from tests.core.dataset.test_image_file import png_that_claims

PHOTO = image_bytes(Image.fromarray(noise(64, 64)), "JPEG")
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1" + bytes(40)
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="8" height="6"/>'

BAD = {
    "bad/hello.png": (b"hello", "is not an image, although its name ends in .png"),
    "bad/half.jpg": (PHOTO[: len(PHOTO) // 2], "damaged or was cut off"),
    "bad/nothing.png": (b"", "is empty (0 bytes)"),
    "bad/huge.png": (png_that_claims(30_000, 30_000), "30,000 × 30,000 pixels"),
    "bad/notes.txt": (b"hello", "kind .txt cannot be used"),
    "bad/phone.heic": (HEIC, "HEIC"),
    "bad/drawing.svg": (SVG, "SVG"),
    "bad/large.bmp": (bytes(2 * MEGABYTE + 1), "has 3 MB; at most 2 MB"),
}
LIMITS = Limits(file_bytes=2 * MEGABYTE)


def moving(file_format: str) -> bytes:
    """Three frames or pages, of which the first is dark."""
    frames = [Image.new("L", (8, 6), brightness) for brightness in (10, 100, 200)]
    return image_bytes(frames[0], file_format, save_all=True, append_images=frames[1:])


def labels(files) -> bytes:
    return "\n".join(["file,label", *(f"{path},{path.split('/')[0]}" for path in files)]).encode()


def as_zip(tmp_path, files):
    return zip_of(tmp_path / "a.zip", files)


def as_folder(tmp_path, files):
    return folder_of(tmp_path / "a", files)


def as_zip_with_table(tmp_path, files):
    return zip_of(tmp_path / "a.zip", files | {"labels.csv": labels(files)})


def as_folder_with_table(tmp_path, files):
    return folder_of(tmp_path / "a", files | {"labels.csv": labels(files)})


def as_table(tmp_path, files):
    return as_folder_with_table(tmp_path, files) / "labels.csv"


WAYS = pytest.mark.parametrize("way", [as_zip, as_folder, as_zip_with_table, as_folder_with_table, as_table])


@WAYS
def test_bad_files_are_refused_with_their_reasons_and_good_ones_taken(tmp_path, way):
    archive = zip_of(tmp_path / "inner.zip", TWO_CLASSES).read_bytes()
    bad = BAD | {"bad/inner.zip": (archive, "An archive inside the data is not opened")}
    files = TWO_CLASSES | {path: data for path, (data, _) in bad.items()}
    source = open_source(way(tmp_path, files), limits=LIMITS)
    dataset = take_in(source, tmp_path / "datasets", lambda done, total: None)
    assert dataset.images["path"].to_list() == list(TWO_CLASSES)
    assert dataset.class_names == ("cats", "dogs")
    assert set(reasons(dataset)) == set(bad)
    for path, (_, reason) in bad.items():
        assert reason in reasons(dataset)[path]


@WAYS
def test_names_that_differ_only_in_case_are_two_images(tmp_path, way):
    files = {"cats/a.png": plain(1), "cats/A.png": plain(2), "Cats/a.png": plain(3), "dogs/a.PNG": plain(4)}
    dataset = take(way(tmp_path, files), tmp_path / "datasets")
    assert len(dataset.refused) == 0
    assert dict(zip(dataset.images["path"], pixels(dataset, dataset.image_size)[:, 0, 0, 0], strict=True)) == {
        "Cats/a.png": 3,
        "cats/A.png": 2,
        "cats/a.png": 1,
        "dogs/a.PNG": 4,
    }


@WAYS
def test_of_what_moves_or_has_pages_the_first_is_taken(tmp_path, way):
    files = {"cats/moving.gif": moving("GIF"), "dogs/pages.tiff": moving("TIFF")}
    dataset = take(way(tmp_path, files), tmp_path / "datasets")
    assert pixels(dataset, dataset.image_size)[:, 0, 0, 0].tolist() == [10, 10]


@pytest.mark.parametrize("way", [as_zip, as_folder])
def test_loose_files_for_a_class_are_refused_one_by_one_too(tmp_path, way):
    files = {path.replace("/", "_"): data for path, (data, _) in BAD.items()} | {"1.png": plain(1), "2.png": plain(2)}
    source = with_class(open_source(way(tmp_path, files), limits=LIMITS), "cats")
    known = {member.path: member.known.class_name for member in source.members()}
    assert set(known.values()) == {"cats"}
    with pytest.raises(DatasetError, match="All images in a are in one class, cats"):
        take_in(source, tmp_path / "datasets", lambda done, total: None)


def test_a_hundred_thousand_empty_files_are_each_refused(tmp_path):
    empty = {f"cats/empty{number}.png": b"" for number in range(100_000)}
    dataset = take(zip_of(tmp_path / "a.zip", empty | TWO_CLASSES), tmp_path / "datasets")
    assert len(dataset.images) == 4
    assert len(dataset.refused) == 100_000
    assert str(dataset.refused["reason"].iloc[0]) == "The file is empty (0 bytes). Copy it again from where it came."


def test_an_archive_of_nothing_but_empty_files_is_refused_with_one_sentence(tmp_path):
    archive = zip_of(tmp_path / "a.zip", {f"cats/{number}.png": b"" for number in range(1_000)})
    with pytest.raises(DatasetError, match=r"None of the 1,000 files in a can be used.*The file is empty"):
        take(archive, tmp_path / "datasets")
    assert list((tmp_path / "datasets").iterdir()) == []


def test_a_table_in_an_archive_that_is_a_link_or_too_large_is_no_table(tmp_path):
    link = zipfile.ZipInfo("labels.csv")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    source = open_source(zip_of(tmp_path / "a.zip", [(link, b"/etc/passwd"), *TWO_CLASSES.items()]))
    dataset = take_in(source, tmp_path / "datasets", lambda done, total: None)
    assert reasons(dataset) == {
        "labels.csv": "The file is a link, not an image. Put the image itself into the archive."
    }
    large = zip_of(tmp_path / "b.zip", TWO_CLASSES | {"labels.csv": labels(TWO_CLASSES) + bytes(2 * MEGABYTE)})
    dataset = take_in(open_source(large, limits=LIMITS), tmp_path / "datasets", lambda done, total: None)
    assert "has 3 MB; at most 2 MB" in reasons(dataset)["labels.csv"]


@WAYS
def test_the_same_images_are_one_dataset_through_every_way(tmp_path, way):
    dataset = take(way(tmp_path, TWO_CLASSES), tmp_path / "datasets")
    assert dataset.id == take(zip_of(tmp_path / "other.zip", TWO_CLASSES), tmp_path / "datasets").id


@WAYS
def test_a_ready_split_is_kept_with_the_images(tmp_path, way):
    files = {f"{part}/{path}": data for part in ("train", "val", "test") for path, data in TWO_CLASSES.items()}
    data = way(tmp_path, files)
    if way in (as_zip, as_folder):
        dataset = take(data, tmp_path / "datasets")
        assert dataset.class_names == ("cats", "dogs")
    else:  # the table of this test calls the first folder the label, and the parts are still in the folders
        dataset = take(data, tmp_path / "datasets")
        assert dataset.class_names == ("test", "train", "val")
    parts = dict(zip(dataset.images["path"], dataset.images["given_part"], strict=True))
    assert {part: parts[f"{part}/cats/1.png"] for part in ("train", "val", "test")} == {
        "train": "train",
        "val": "validation",
        "test": "test",
    }


@pytest.mark.parametrize("way", [as_zip, as_folder])
def test_a_table_of_numbers_makes_a_dataset_without_classes(tmp_path, way):
    files = {f"{part}/{number}.png": plain(number) for part in ("train", "test") for number in range(3)}
    table = "file,value,patient\n" + "".join(f"{path},{path[-5]}.5,p{path[-5]}\n" for path in files)
    dataset = take(way(tmp_path, files | {"values.csv": table.encode()}), tmp_path / "datasets")
    assert dataset.predicts_numbers
    assert dataset.images["value"].to_list() == [0.5, 1.5, 2.5] * 2
    assert dataset.images["group"].to_list() == ["p0", "p1", "p2"] * 2
    assert dataset.images["given_part"].to_list() == ["test"] * 3 + ["train"] * 3
    assert set(dataset.images["label"]) == {0}


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (b"file,label\n1.png,cat\n2.png,cat\n", "All images in a are in one class, cat"),
        (b"file,value\n1.png,1.5\n2.png,1.5\n", r"All images in a have the same number, 1\.5"),
    ],
)
def test_a_table_with_nothing_to_tell_apart_is_refused(tmp_path, table, reason):
    files = {"1.png": plain(1), "2.png": plain(2), "values.csv": table}
    with pytest.raises(DatasetError, match=reason):
        take(as_folder(tmp_path, files), tmp_path / "datasets")


def test_a_table_of_one_class_can_be_added_to_images_of_others(tmp_path):
    datasets = tmp_path / "datasets"
    base = take(as_folder(tmp_path / "base", {"cat/1.png": plain(1), "dog/2.png": plain(2)}), datasets)
    more = as_folder(tmp_path / "more", {"3.png": plain(3), "labels.csv": b"file,label\n3.png,cow\n"})
    joined = take_in(open_source(more), datasets, lambda done, total: None, base)
    assert joined.class_names == ("cat", "cow", "dog")


def test_numbers_that_are_left_over_all_equal_are_refused(tmp_path):
    table = b"file,value\n1.png,1.5\n2.png,1.5\n3.png,2.5\n"
    files = {"1.png": plain(1), "2.png": plain(2), "3.png": b"broken", "values.csv": table}
    with pytest.raises(DatasetError, match=r"All images in a have the same number, 1\.5"):
        take(as_folder(tmp_path, files), tmp_path / "datasets")
