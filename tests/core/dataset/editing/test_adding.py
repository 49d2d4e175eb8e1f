"""Images that are taken in beside those of a dataset."""

import pytest

from core.dataset import intake, store
from core.dataset.image_size import ImageSize
from core.dataset.intake import take_in
from core.dataset.metadata import read_file
from core.dataset.sources import open_source, with_class
from core.dataset.store import original, pixels
from core.errors import DatasetError
from tests.core.dataset.builders import TWO_CLASSES, folder_of, plain, reasons, take, zip_of

NUMBERS = {"a.png": plain(1), "b.png": plain(2), "labels.csv": b"file,value\na.png,1.5\nb.png,2.5\n"}


@pytest.fixture
def base(tmp_path):
    return take(zip_of(tmp_path / "pets.zip", TWO_CLASSES | {"cats/bad.png": b"x"}), tmp_path / "datasets")


def add(tmp_path, base, files, into_class=None):
    source = open_source(zip_of(tmp_path / "more.zip", files))
    source = source if into_class is None else with_class(source, into_class)
    return take_in(source, tmp_path / "datasets", lambda done, total: None, base)


def first_pixels(dataset):
    return dict(zip(dataset.images["path"], pixels(dataset, dataset.image_size)[:, 0, 0, 0].tolist(), strict=True))


def test_new_images_stand_beside_those_of_the_base(tmp_path, base):
    both = add(tmp_path, base, {"cats/15.png": plain(15), "ants/1.png": plain(5)})
    assert both.name == "pets"
    assert both.class_names == ("ants", "cats", "dogs")
    assert both.images["class_name"].to_list() == ["ants", "cats", "cats", "cats", "dogs", "dogs"]
    assert both.images["label"].to_list() == [0, 1, 1, 1, 2, 2]
    assert first_pixels(both) == {
        "ants/1.png": 5,
        "cats/1.png": 10,
        "cats/15.png": 15,
        "cats/2.png": 20,
        "dogs/1.png": 30,
        "dogs/2.png": 40,
    }
    assert original(both, 1).samefile(original(base, 0))
    assert original(both, 2).read_bytes() == plain(15)
    assert first_pixels(base) == {"cats/1.png": 10, "cats/2.png": 20, "dogs/1.png": 30, "dogs/2.png": 40}


def test_only_new_images_are_decoded(tmp_path, base, monkeypatch):
    decoded = []

    def note(data, path=""):
        decoded.append(path)
        return read_file(data, path)

    monkeypatch.setattr(intake, "read_file", note)
    monkeypatch.setattr(store, "decode", lambda data: note(data)[1].image)
    first_pixels(add(tmp_path, base, {"cats/new.png": plain(15)}))
    assert decoded == ["cats/new.png"]


def test_added_images_get_the_size_of_the_base(tmp_path, base):
    both = add(tmp_path, base, {"cats/large.png": plain((15, 15, 15), "RGB", (50, 40))})
    assert both.image_size == base.image_size == ImageSize(height=6, width=8, channels=1)
    assert first_pixels(both)["cats/large.png"] == 15


def test_pixels_that_the_base_has_not_stored_are_made_when_asked_for(tmp_path, base):
    for array in base.folder.glob("arrays/*"):
        array.unlink()
    both = add(tmp_path, base, {"cats/new.png": plain(15)})
    assert list(both.folder.glob("arrays/*")) == []
    assert list(first_pixels(both).values()) == [10, 20, 15, 30, 40]


def test_another_image_with_the_same_path_gets_a_number(tmp_path, base):
    once = add(tmp_path, base, {"cats/1.png": plain(11)})
    twice = add(tmp_path, once, {"cats/1.png": plain(12), "cats/1 (2).png": plain(13)})
    assert first_pixels(twice) == {
        "cats/1 (2) (2).png": 13,
        "cats/1 (2).png": 11,
        "cats/1 (3).png": 12,
        "cats/1.png": 10,
        "cats/2.png": 20,
        "dogs/1.png": 30,
        "dogs/2.png": 40,
    }


def test_an_image_that_is_there_already_is_refused_also_under_its_number(tmp_path, base):
    once = add(tmp_path, base, {"cats/1.png": plain(11), "cats/2.png": plain(20)})
    assert reasons(once)["cats/2.png"] == "The image is in the dataset already."
    with pytest.raises(DatasetError, match="All images of more are in the dataset already"):
        add(tmp_path, once, {"cats/1.png": plain(11), "cats/2.png": plain(20)})


def test_the_same_picture_under_another_name_is_added_and_shares_its_original(tmp_path, base):
    both = add(tmp_path, base, {"dogs/copy.png": plain(10)})
    assert first_pixels(both)["dogs/copy.png"] == 10
    assert len(list(both.folder.glob("originals/*/*"))) == 4


def test_what_was_refused_stays_until_a_good_file_of_that_name_comes(tmp_path, base):
    refused = add(tmp_path, base, {"cats/new.png": plain(15), "cats/bad.png": b"x", "cats/notes.txt": b"x"})
    assert sorted(refused.refused["path"]) == ["cats/bad.png", "cats/notes.txt"]
    mended = add(tmp_path, refused, {"cats/bad.png": plain(16)})
    assert mended.refused["path"].to_list() == ["cats/notes.txt"]


def test_loose_files_join_the_class_that_is_named(tmp_path, base):
    both = add(tmp_path, base, {"1.png": plain(7), "2.png": plain(8)}, into_class="owls")
    assert both.class_names == ("cats", "dogs", "owls")
    owls = both.images[both.images["class_name"] == "owls"]
    assert owls["path"].to_list() == ["1.png", "2.png"]


def test_the_order_of_adding_does_not_matter(tmp_path, base):
    one, other = {"cats/3.png": plain(3)}, {"ants/4.png": plain(4)}
    there = add(tmp_path, add(tmp_path, base, one), other)
    back = add(tmp_path, add(tmp_path, base, other), one)
    assert there.id == back.id


def test_the_same_dataset_comes_of_adding_and_of_taking_in_at_once(tmp_path, base):
    files = TWO_CLASSES | {"cats/bad.png": b"x", "cats/3.png": plain(3)}
    assert add(tmp_path, base, {"cats/3.png": plain(3)}).id == take(zip_of(tmp_path / "a.zip", files), tmp_path).id


def test_classes_and_numbers_are_not_mixed(tmp_path, base):
    numbers = take(folder_of(tmp_path / "numbers", NUMBERS), tmp_path / "datasets")
    with pytest.raises(DatasetError, match="The images of pets have classes, those of more have numbers"):
        add(tmp_path, base, NUMBERS)
    with pytest.raises(DatasetError, match="The images of numbers have numbers, those of more have classes"):
        add(tmp_path, numbers, TWO_CLASSES)
    more = add(
        tmp_path, numbers, {"c.png": plain(3), "d.png": plain(4), "labels.csv": b"file,value\nc.png,0.5\nd.png,9.5\n"}
    )
    assert more.images["value"].to_list() == [1.5, 2.5, 0.5, 9.5]


@pytest.mark.parametrize("files", [{"cats/notes.txt": b"x"}, {"alone.png": plain(1)}])
def test_where_nothing_can_be_added_nothing_is_left(tmp_path, base, files):
    with pytest.raises(DatasetError, match="None of the 1 files in more can be used"):
        add(tmp_path, base, files)
    assert [folder.name for folder in (tmp_path / "datasets").iterdir()] == [base.id]
