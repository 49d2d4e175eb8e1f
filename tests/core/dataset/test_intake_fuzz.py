"""Archives that nobody would make on purpose, through the whole intake.

A hundred of each here; ``pytest --hypothesis-profile=long`` tries many more.
"""

import io
import random
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.dataset.store import load, original_path, pixels
from core.errors import DatasetError
from tests.core.dataset.builders import TWO_CLASSES, image_bytes, noise, take
from tests.core.dataset.notes import exif

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")
IMAGES = {
    f"{class_name}/{file_format}.{file_format.lower()}": image_bytes(
        Image.fromarray(noise(9, 7, seed=seed)), file_format, **({"exif": exif(6)} if file_format == "JPEG" else {})
    )
    for class_name, seed in (("cats", 1), ("dogs", 2))
    for file_format in FORMATS
}
CONTENTS = [*IMAGES.values(), b"", b"hello", b"path,label\ncats/PNG.png,3\n", b"PK\x05\x06" + bytes(18)]
NAMES = st.lists(
    st.sampled_from(["cats", "dogs", "..", ".", "", "C:", "고양이", "train", "a.png", "labels.csv", "a" * 300, "\x01"])
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=9),
    min_size=1,
    max_size=4,
).flatmap(lambda parts: st.sampled_from(["/", "\\"]).map(lambda separator: separator.join(parts)))


def zipped(files, compression=zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return file.getvalue()


ARCHIVES = [zipped(IMAGES.items()), zipped(IMAGES.items(), zipfile.ZIP_STORED)]


def assert_taken_in_whole_or_not_at_all(archive: bytes) -> None:
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "a" / "b" / "workspace"
        home.mkdir(parents=True)
        (home / "upload.zip").write_bytes(archive)
        with suppress(DatasetError):
            assert_whole(take(home / "upload.zip", home / "datasets"))
        outside = {path.relative_to(place) for path in Path(place).rglob("*") if home / "datasets" not in path.parents}
        known = ("a", "a/b", "a/b/workspace", "a/b/workspace/upload.zip", "a/b/workspace/datasets")
        assert outside <= {Path(path) for path in known}
        for folder in (home / "datasets").glob("*"):  # glob passes over no hidden folder: half a dataset would fail
            assert_whole(load(home / "datasets", folder.name))


def assert_whole(dataset) -> None:
    rows = zip(dataset.images["content_hash"], dataset.images["format"], strict=True)
    originals = {original_path(dataset.folder, content_hash, file_format) for content_hash, file_format in rows}
    assert set(dataset.folder.glob("originals/*/*")) == originals
    assert pixels(dataset, dataset.image_size).shape == (len(dataset.images), *dataset.image_size.shape)
    assert {path.name for path in dataset.folder.iterdir()} == {"arrays", "originals", "manifest.parquet", "meta.json"}


@given(st.sampled_from(ARCHIVES), st.sampled_from(["change", "cut", "insert"]), st.integers(1, 40), st.randoms())
def test_a_damaged_archive_is_taken_in_whole_or_refused(archive, damage, places, chance):
    assert_taken_in_whole_or_not_at_all(damaged(archive, damage, places, chance))


def damaged(archive: bytes, damage: str, places: int, chance: random.Random) -> bytes:
    data = bytearray(archive)
    for _ in range(places):
        position = chance.randrange(len(data))
        if damage == "change":
            data[position] = chance.randrange(256)
        elif damage == "insert":
            data.insert(position, chance.randrange(256))
        elif places < 3:  # half of the rest
            del data[position : position + chance.randrange(1, len(data))]
            return bytes(data or b"P")
        else:
            del data[position]
    return bytes(data)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@given(st.lists(st.tuples(NAMES, st.sampled_from(CONTENTS)), max_size=8), st.booleans())
def test_names_of_any_kind_lead_nowhere_outside(entries, with_images):
    files = [*entries, *(TWO_CLASSES.items() if with_images else ())]
    assert_taken_in_whole_or_not_at_all(zipped((name.replace("\0", "") or "a", data) for name, data in files))
