"""Edits of a small dataset, compared with a dataset that was taken in as the edit should leave it."""

import numpy as np
import pytest

from core.dataset import store
from core.dataset.editing import MergeClasses, Relabel, RemoveClass, RemoveImages, RenameClass, SetValue, apply
from core.dataset.editing.applying import link_originals
from core.dataset.image_size import ImageSize
from core.dataset.store import load, original, pixels
from core.errors import DatasetError
from tests.core.dataset.builders import folder_of, plain, reasons, take, zip_of

COLOURS = {"cats/1.png": 10, "cats/2.png": 20, "dogs/1.png": 30, "dogs/2.png": 40, "owls/1.png": 50}
LARGER = ImageSize(height=12, width=16, channels=3)

EDITS = {
    "images removed": (
        RemoveImages(("cats/2.png", "owls/1.png")),
        {"cats/1.png": "cats", "dogs/1.png": "dogs", "dogs/2.png": "dogs"},
    ),
    "one relabelled": (
        Relabel(("cats/2.png",), "dogs"),
        {"cats/1.png": "cats", "cats/2.png": "dogs", "dogs/1.png": "dogs", "dogs/2.png": "dogs", "owls/1.png": "owls"},
    ),
    "a class emptied": (
        Relabel(("owls/1.png",), "cats"),
        {"cats/1.png": "cats", "cats/2.png": "cats", "dogs/1.png": "dogs", "dogs/2.png": "dogs", "owls/1.png": "cats"},
    ),
    "a new class": (
        Relabel(("cats/2.png",), " 고양이 "),
        {
            "cats/1.png": "cats",
            "cats/2.png": "고양이",
            "dogs/1.png": "dogs",
            "dogs/2.png": "dogs",
            "owls/1.png": "owls",
        },
    ),
    "a class renamed": (
        RenameClass("cats", "zebras"),
        {
            "cats/1.png": "zebras",
            "cats/2.png": "zebras",
            "dogs/1.png": "dogs",
            "dogs/2.png": "dogs",
            "owls/1.png": "owls",
        },
    ),
    "classes merged into a new one": (
        MergeClasses(("cats", "dogs"), "pets"),
        {"cats/1.png": "pets", "cats/2.png": "pets", "dogs/1.png": "pets", "dogs/2.png": "pets", "owls/1.png": "owls"},
    ),
    "a class merged into another": (
        MergeClasses(("cats",), "dogs"),
        {"cats/1.png": "dogs", "cats/2.png": "dogs", "dogs/1.png": "dogs", "dogs/2.png": "dogs", "owls/1.png": "owls"},
    ),
    "a class removed": (
        RemoveClass("dogs"),
        {"cats/1.png": "cats", "cats/2.png": "cats", "owls/1.png": "owls"},
    ),
}


@pytest.fixture
def dataset(tmp_path):
    """Five images in three classes, stored in two sizes, and a file that was refused."""
    files = {path: plain(colour) for path, colour in COLOURS.items()} | {"dogs/notes.txt": b"woof"}
    dataset = take(zip_of(tmp_path / "pets.zip", files), tmp_path / "datasets")
    pixels(dataset, LARGER)
    return dataset


@pytest.fixture
def numbers(tmp_path, dataset):
    """The same images with a number each instead of a class."""
    rows = "".join(f"{path},{colour / 10 + 0.5}\n" for path, colour in COLOURS.items())
    files = {path: plain(colour) for path, colour in COLOURS.items()} | {"labels.csv": f"file,value\n{rows}".encode()}
    return take(folder_of(tmp_path / "numbers", files), tmp_path / "datasets")


def no_decoding(*_):
    raise AssertionError("an image was decoded")


@pytest.mark.parametrize(("edit", "classes"), EDITS.values(), ids=EDITS)
def test_an_edit_gives_the_images_classes_and_pixels_that_it_says(dataset, tmp_path, monkeypatch, edit, classes):
    edited = apply(edit, dataset, tmp_path / "datasets")
    monkeypatch.setattr(store, "decode", no_decoding)
    images = edited.images
    assert dict(zip(images["path"], images["class_name"], strict=True)) == classes
    assert edited.class_names == tuple(sorted(set(classes.values())))
    assert [edited.class_names[label] for label in images["label"]] == images["class_name"].to_list()
    expected = [COLOURS[path] for path in classes]
    assert pixels(edited, edited.image_size)[:, 0, 0, 0].tolist() == expected
    assert pixels(edited, LARGER).shape == (len(classes), *LARGER.shape)
    assert pixels(edited, LARGER)[:, 0, 0, 0].tolist() == expected
    for position, path in enumerate(images["path"]):
        assert original(edited, position).read_bytes() == plain(COLOURS[path])
    assert reasons(edited) == reasons(dataset)


@pytest.mark.parametrize(("edit", "classes"), EDITS.values(), ids=EDITS)
def test_the_dataset_before_stays_as_it_was(dataset, tmp_path, edit, classes):
    edited = apply(edit, dataset, tmp_path / "datasets")
    before = load(tmp_path / "datasets", dataset.id)
    assert before.images.equals(dataset.images)
    assert pixels(before, before.image_size)[:, 0, 0, 0].tolist() == list(COLOURS.values())
    assert {folder.name for folder in (tmp_path / "datasets").iterdir()} == {dataset.id, edited.id}


def test_images_that_were_taken_in_as_an_edit_leaves_them_are_the_same_dataset(dataset, tmp_path):
    fewer = {path: plain(colour) for path, colour in COLOURS.items() if not path.startswith("owls")}
    taken = take(zip_of(tmp_path / "fewer.zip", fewer | {"dogs/notes.txt": b"woof"}), tmp_path / "other")
    assert apply(RemoveClass("owls"), dataset, tmp_path / "datasets").id == taken.id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([RemoveClass("owls")], [RemoveImages(("owls/1.png",))]),
        ([MergeClasses(("cats", "dogs"), "cats")], [Relabel(("dogs/1.png", "dogs/2.png"), "cats")]),
        ([RenameClass("cats", "a"), RemoveClass("dogs")], [RemoveClass("dogs"), RenameClass("cats", "a")]),
        ([RenameClass("cats", "a"), RenameClass("a", "cats")], []),
    ],
)
def test_edits_that_lead_to_the_same_lead_to_one_dataset(dataset, tmp_path, one, other):
    ends = []
    for edits in (one, other):
        edited = dataset
        for edit in edits:
            edited = apply(edit, edited, tmp_path / "datasets")
        ends.append(edited.id)
    assert ends[0] == ends[1]


def test_originals_and_unchanged_pixels_are_shared_not_copied(dataset, tmp_path):
    edited = apply(Relabel(("cats/1.png",), "dogs"), dataset, tmp_path / "datasets")
    assert original(edited, 0).samefile(original(dataset, 0))
    array = f"arrays/{next(dataset.folder.glob('arrays/*')).name}"
    assert (edited.folder / array).samefile(dataset.folder / array)


def test_where_files_cannot_be_shared_they_are_copied(dataset, tmp_path, monkeypatch):
    def no_links(*_):
        raise OSError("no hard links here")

    monkeypatch.setattr("os.link", no_links)
    edited = apply(Relabel(("cats/1.png",), "dogs"), dataset, tmp_path / "datasets")
    assert not original(edited, 0).samefile(original(dataset, 0))
    assert original(edited, 0).read_bytes() == plain(10)
    assert pixels(edited, edited.image_size)[:, 0, 0, 0].tolist() == list(COLOURS.values())


def test_an_edit_that_breaks_off_leaves_nothing(dataset, tmp_path, monkeypatch):
    def break_off(*arguments):
        link_originals(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr("core.dataset.editing.applying.link_originals", break_off)
    with pytest.raises(KeyboardInterrupt):
        apply(RemoveClass("cats"), dataset, tmp_path / "datasets")
    assert [folder.name for folder in (tmp_path / "datasets").iterdir()] == [dataset.id]


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (RemoveImages(()), "No image is chosen"),
        (RemoveImages(("cats/9.png",)), "There is no image cats/9.png in pets"),
        (RemoveImages(tuple(COLOURS)), "No image of pets would be left"),
        (RemoveImages(("cats/1.png", "cats/2.png", "owls/1.png")), "Only the class dogs would be left in pets"),
        (Relabel(("cats/1.png",), " "), "The class needs a name"),
        (Relabel(("cats/1.png",), "x" * 81), "has 81 characters; 80 fit"),
        (Relabel(("cats/1.png",), "big/cats"), "A class cannot be called big/cats"),
        (Relabel(("cats/1.png",), "big\ncats"), "A class cannot be called big"),
        (RenameClass("cows", "cats"), "There is no class cows in pets. Its classes are cats, dogs, owls."),
        (RenameClass("cats", "dogs"), "There is a class dogs already"),
        (RenameClass("cats", "big\\cats"), "A class cannot be called big"),
        (MergeClasses(("cats", "cows"), "dogs"), "There is no class cows"),
        (MergeClasses(("cats",), "cats"), "It takes two classes"),
        (MergeClasses(("cats",), "pets"), "It takes two classes"),
        (MergeClasses(("cats", "dogs", "owls"), "pets"), "Only the class pets would be left"),
        (RemoveClass("cows"), "There is no class cows"),
        (SetValue(("cats/1.png",), 1.0), "The images of pets have classes, not numbers"),
    ],
)
def test_what_cannot_be_is_said_and_leaves_nothing(dataset, tmp_path, edit, sentence):
    with pytest.raises(DatasetError) as error:
        apply(edit, dataset, tmp_path / "datasets")
    assert sentence in str(error.value)
    assert [folder.name for folder in (tmp_path / "datasets").iterdir()] == [dataset.id]


def test_numbers_can_be_changed(numbers, tmp_path):
    edited = apply(SetValue(("cats/1.png", "dogs/2.png"), 7.5), numbers, tmp_path / "datasets")
    assert edited.images["value"].to_list() == [7.5, 2.5, 3.5, 7.5, 5.5]
    assert (edited.class_names, set(edited.images["label"])) == ((), {0})
    fewer = apply(RemoveImages(("cats/1.png", "dogs/2.png")), edited, tmp_path / "datasets")
    assert fewer.images["value"].to_list() == [2.5, 3.5, 5.5]
    assert np.unique(pixels(fewer, fewer.image_size)).tolist() == [20, 30, 50]


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (SetValue(("cats/1.png",), float("nan")), "nan is not a number that can be predicted"),
        (SetValue(("cats/1.png",), float("inf")), "inf is not a number that can be predicted"),
        (SetValue(tuple(COLOURS), 3.0), "All images of numbers would have the same number, 3"),
        (RemoveImages(tuple(COLOURS)), "No image of numbers would be left"),
        (Relabel(("cats/1.png",), "dogs"), "The images of numbers have numbers, not classes"),
        (RenameClass("", "dogs"), "The images of numbers have numbers, not classes"),
        (RemoveClass("cats"), "The images of numbers have numbers, not classes"),
    ],
)
def test_what_cannot_be_done_with_numbers_is_said(numbers, tmp_path, edit, sentence):
    with pytest.raises(DatasetError, match=sentence):
        apply(edit, numbers, tmp_path / "datasets")


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (RemoveImages(("a", "a")), "1 image removed"),
        (RemoveImages(("a", "b")), "2 images removed"),
        (Relabel(("a", "b"), " dogs"), "2 images moved to the class dogs"),
        (RenameClass("cats", "dogs "), "the class cats renamed to dogs"),
        (MergeClasses(("dogs", "cats"), "pets"), "the classes cats, dogs merged into pets"),
        (RemoveClass("cats"), "the class cats removed"),
        (SetValue(("a",), 2), "1 image given the number 2"),
    ],
)
def test_an_edit_says_what_it_did(edit, words):
    assert str(edit.message) == words
