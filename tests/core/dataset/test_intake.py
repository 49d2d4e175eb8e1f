"""Archives and folders, good and bad, through the whole intake."""

import os
import subprocess
import sys
import time
import tracemalloc
import unicodedata
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.dataset.decode import to_array
from core.dataset.intake import take_in
from core.dataset.limits import MEGABYTE, Limits
from core.dataset.sources import open_source
from core.dataset.store import load, pixels
from core.errors import DatasetError
from tests.core.dataset.builders import TWO_CLASSES, folder_of, image_bytes, noise, plain, reasons, take, zip_of
from tests.core.dataset.test_image_file import png_that_claims

ROOT = Path(__file__).parents[3]
PHOTO = image_bytes(Image.fromarray(noise(64, 64)), "JPEG")


@pytest.mark.parametrize(
    ("path", "data", "reason"),
    [
        ("cats/bad.png", b"hello", "is not an image, although its name ends in .png"),
        ("cats/bad.jpg", PHOTO[: len(PHOTO) // 2], "damaged or was cut off"),
        ("cats/bad.png", b"", "is empty (0 bytes)"),
        ("cats/bad.png", png_that_claims(30_000, 30_000), "30,000 × 30,000 pixels"),
        ("cats/notes.txt", b"hello", "kind .txt cannot be used"),
        ("cats/more.zip", b"PK\x03\x04", "An archive inside the data is not opened"),
        ("../evil.png", plain(), "leads out of the archive"),
        ("/evil.png", plain(), "absolute path"),
        ("alone.png", plain(), "is in no class folder"),
        ("labels.csv", b"a,b", "kind .csv cannot be used"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_reason_and_the_rest_is_taken(tmp_path, path, data, reason):
    dataset = take(zip_of(tmp_path / "a.zip", {path: data, **TWO_CLASSES}), tmp_path / "datasets")
    assert list(reasons(dataset)) == [path]
    assert reason in reasons(dataset)[path]
    assert dataset.images["path"].to_list() == list(TWO_CLASSES)
    assert pixels(dataset, dataset.image_size).shape == (4, 6, 8, 1)
    assert len(list(dataset.folder.glob("originals/*/*"))) == 4
    assert not (tmp_path / "evil.png").exists()


def test_a_damaged_image_has_no_say_in_the_suggested_size(tmp_path):
    dataset = take(zip_of(tmp_path / "a.zip", {"cats/bad.jpg": PHOTO[:-100], **TWO_CLASSES}), tmp_path / "datasets")
    assert list(reasons(dataset)) == ["cats/bad.jpg"]
    assert dataset.image_size.shape == (6, 8, 1)
    assert pixels(dataset, dataset.image_size)[:, 0, 0, 0].tolist() == [10, 20, 30, 40]
    assert [path.name for path in (dataset.folder / "arrays").iterdir()] == ["6x8x1.npy"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["cats/é.png", unicodedata.normalize("NFD", "cats/é.png"), "./cats//é.png"])
def test_of_two_files_of_one_name_the_first_is_kept(tmp_path, second):
    pairs = [("cats/é.png", plain(1)), (second, plain(2)), ("dogs/1.png", plain(3))]
    dataset = take(zip_of(tmp_path / "a.zip", pairs), tmp_path / "datasets")
    assert reasons(dataset) == {
        "cats/é.png": "Another file has the same name; the first is used. Give every file a name of its own."
    }
    assert pixels(dataset, dataset.image_size)[0].max() == 1


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (
            {"cats/1.png": plain(1), "cats/2.png": plain(2)},
            "All images in a are in one class, cats. A classifier needs",
        ),
        ({"cats/1.png": plain(1), "dogs/1.png": b"hello"}, "All images in a are in one class, cats."),
        (
            {"1.png": plain(1), "2.png": plain(2)},
            "None of the 2 files in a can be used. The first, 1.png: The image is in no",
        ),
        ({"cats/a.txt": b"x"}, "None of the 1 files in a can be used. The first, cats/a.txt: A file of the kind .txt"),
        ({"cats/1.png": b"x", "dogs/1.png": b"x"}, "None of the 2 files in a can be used."),
    ],
)
def test_a_source_without_two_classes_is_refused_and_leaves_nothing(tmp_path, files, reason):
    with pytest.raises(DatasetError) as error:
        take(zip_of(tmp_path / "a.zip", files), tmp_path / "datasets")
    assert reason in str(error.value)
    assert list((tmp_path / "datasets").iterdir()) == []


def test_a_class_may_have_one_image(tmp_path):
    dataset = take(zip_of(tmp_path / "a.zip", {"b/1.png": plain(1), "a/1.png": plain(2)}), tmp_path / "datasets")
    assert dataset.class_names == ("a", "b")
    assert len(dataset.refused) == 0


def test_korean_class_names_are_kept(tmp_path):
    folder = folder_of(
        tmp_path / "동물", {"고양이/하나.png": plain(1), unicodedata.normalize("NFD", "강아지/둘.png"): plain(2)}
    )
    dataset = take(folder, tmp_path / "datasets")
    assert dataset.name == "동물"
    assert dataset.class_names == ("강아지", "고양이")
    assert dataset.images["path"].to_list() == ["강아지/둘.png", "고양이/하나.png"]
    assert load(tmp_path / "datasets", dataset.id).class_names == dataset.class_names


def test_images_of_unusual_modes_are_converted_and_their_own_mode_is_told(tmp_path):
    files = {
        "a/16.png": image_bytes(Image.new("I;16", (8, 6), 65_535)),
        "a/palette.png": image_bytes(Image.new("RGB", (8, 6), "red").quantize(4)),
        "b/print.jpg": plain((0, 0, 0, 0), "CMYK", (8, 6), "JPEG"),
        "b/transparent.png": plain((0, 0, 0, 0), "RGBA"),
    }
    dataset = take(zip_of(tmp_path / "a.zip", files), tmp_path / "datasets")
    assert dataset.images["mode"].to_list() == ["I;16", "P", "CMYK", "RGBA"]
    first_pixels = pixels(dataset, dataset.image_size)[:, 0, 0].tolist()
    assert first_pixels == [[255] * 3, [255, 0, 0], [255] * 3, [255] * 3]


def test_lossless_copies_share_their_pixel_hash_and_nothing_else_does(tmp_path):
    picture, other = Image.fromarray(noise(6, 8)), Image.fromarray(noise(6, 8, seed=1))
    tall = Image.fromarray(noise(6, 8).reshape(8, 6, 3))
    files = {
        "a/1.png": image_bytes(picture),
        "a/2.bmp": image_bytes(picture, "BMP"),
        "a/3.tiff": image_bytes(picture, "TIFF"),
        "b/4.png": image_bytes(other),
        "b/5.png": image_bytes(tall),
    }
    images = take(zip_of(tmp_path / "a.zip", files), tmp_path / "datasets").images
    hashes = images["pixel_hash"].to_list()
    assert len(set(hashes[:3])) == 1
    assert len(set(hashes)) == 3
    assert images["content_hash"].nunique() == 5


def test_the_same_content_is_one_dataset_wherever_it_comes_from(tmp_path):
    first = take(zip_of(tmp_path / "a.zip", TWO_CLASSES), tmp_path / "datasets")
    second = take(folder_of(tmp_path / "b", TWO_CLASSES), tmp_path / "datasets")
    third = take(zip_of(tmp_path / "c.zip", TWO_CLASSES | {"cats/3.png": plain(99)}), tmp_path / "datasets")
    assert first.id == second.id != third.id
    assert {folder.name for folder in (tmp_path / "datasets").iterdir()} == {first.id, third.id}


def test_progress_ends_with_all_files_and_never_goes_back(tmp_path):
    reports = []
    source = open_source(zip_of(tmp_path / "a.zip", TWO_CLASSES | {"cats/x.txt": b"x"}))
    take_in(source, tmp_path / "datasets", lambda done, total: reports.append((done, total)))
    assert reports == sorted(reports)
    assert reports[-1] == (5, 5)


def test_the_bytes_that_are_read_are_counted_not_only_those_declared(tmp_path):
    files = folder_of(tmp_path / "a", {f"{name}/1.bmp": plain(1, "RGB", (600, 600), "BMP") for name in "abc"})
    source = open_source(files, limits=Limits(total_bytes=2 * MEGABYTE))
    with pytest.raises(DatasetError, match="a unpacks to more than 2 MB"):
        take_in(source, tmp_path / "datasets", lambda done, total: None)


def test_a_broken_off_intake_leaves_nothing_and_an_abandoned_one_is_removed_after_a_day(tmp_path):
    datasets = tmp_path / "datasets"
    source = open_source(zip_of(tmp_path / "a.zip", TWO_CLASSES))

    def interrupt(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_in(source, datasets, interrupt)
    assert list(datasets.iterdir()) == []
    for name, age_in_hours in (("old", 25), ("fresh", 23)):
        folder = datasets / f".intake-{name}"
        folder.mkdir()
        os.utime(folder, (time.time() - age_in_hours * 3600,) * 2)
    dataset = take_in(source, datasets, lambda done, total: None)
    assert {folder.name for folder in datasets.iterdir()} == {dataset.id, ".intake-fresh"}


def test_a_dataset_that_appears_meanwhile_is_taken_as_it_is(tmp_path):
    archive, datasets = zip_of(tmp_path / "a.zip", TWO_CLASSES), tmp_path / "datasets"
    source = open_source(archive)

    def members():
        take(archive, datasets)
        yield from source.members()

    assert take_in(replace(source, members=members, name="other"), datasets, lambda done, total: None).name == "a"


def test_memory_holds_no_more_than_a_few_images_at_once(tmp_path):
    files = {f"{name}/{number}.bmp": plain(number, "RGB", (400, 400), "BMP") for name in "ab" for number in range(40)}
    source = open_source(zip_of(tmp_path / "a.zip", files))
    take(zip_of(tmp_path / "b.zip", TWO_CLASSES), tmp_path / "datasets")
    tracemalloc.start()
    take_in(source, tmp_path / "datasets", lambda done, total: None)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * 400 * 400 * 3


def test_taking_images_in_loads_no_framework_and_no_sample_package(tmp_path):
    archive = zip_of(tmp_path / "a.zip", TWO_CLASSES)
    program = (
        "import sys; from pathlib import Path\n"
        "from core.dataset import intake, sources, store, summary\n"
        f"intake.take_in(sources.open_source({str(archive)!r}), Path({str(tmp_path / 'datasets')!r}), print)\n"
        "print('loaded:', *{'mlxtend', 'animal_mnist', 'tensorflow', 'keras', 'streamlit'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].strip() == "loaded:"


def test_an_image_that_calls_for_another_size_late_changes_the_pixels_of_all_before_it(tmp_path):
    pictures = [noise(8, 8, 1, seed=1), noise(8, 8, 1, seed=2), noise(8, 8, 3, seed=3), noise(9, 8, 3, seed=4)]
    names = ["b/1.png", "a/2.png", "b/3.png", "a/4.png"]
    files = {name: image_bytes(Image.fromarray(each)) for name, each in zip(names, pictures, strict=True)}
    dataset = take(zip_of(tmp_path / "a.zip", files), tmp_path / "datasets")
    in_order = [pictures[names.index(path)] for path in dataset.images["path"]]
    expected = [to_array(Image.fromarray(each), dataset.image_size) for each in in_order]
    assert dataset.image_size.shape == (64, 64, 3)
    assert np.array_equal(pixels(dataset, dataset.image_size), np.stack(expected))


def test_an_image_without_a_class_has_no_say_in_the_size(tmp_path):
    files = TWO_CLASSES | {"cover.png": plain((9, 9, 9), "RGB", (200, 100))}
    dataset = take(zip_of(tmp_path / "a.zip", files), tmp_path / "datasets")
    assert dataset.image_size.shape == (6, 8, 1)
    assert pixels(dataset, dataset.image_size)[:, 0, 0, 0].tolist() == [10, 20, 30, 40]


def test_the_first_frame_is_taken_and_the_others_are_counted(tmp_path):
    frames = [Image.new("L", (8, 6), grey) for grey in (10, 90, 200)]
    files = TWO_CLASSES | {"dogs/moving.gif": image_bytes(frames[0], "GIF", save_all=True, append_images=frames[1:])}
    dataset = take(zip_of(tmp_path / "a.zip", files), tmp_path / "datasets")
    assert dict(zip(dataset.images["path"], dataset.images["frames"], strict=True)) == dict.fromkeys(files, 1) | {
        "dogs/moving.gif": 3
    }
    row = dataset.images["path"].to_list().index("dogs/moving.gif")
    assert pixels(dataset, dataset.image_size)[row].max() == 10
