import io

import pytest

from core.dataset.sources import open_source
from core.errors import DatasetError
from core.workspace import Workspace
from ui.class_collection import ClassCollection


def upload(name, content=b"x"):
    file = io.BytesIO(content)
    file.name = name
    return file


@pytest.fixture
def collection(tmp_path):
    return ClassCollection.of_project(Workspace.at(tmp_path), "p1")


def test_nothing_is_collected_at_first(collection):
    assert collection.counts() == {}


def test_files_gather_in_their_classes_and_none_replaces_another(collection):
    collection.add(" cats ", [upload("a.png", b"one"), upload("a.png", b"two")])
    collection.add("cats", [upload("a.png", b"three")])
    collection.add("개", [upload("b.png")])
    assert collection.counts() == {"cats": 3, "개": 1}
    assert {path.read_bytes() for path in (collection.folder / "cats").iterdir()} == {b"one", b"two", b"three"}


@pytest.mark.parametrize("name", ["../../a.png", "..\\..\\a.png", "/etc/a.png", "..", ""])
def test_no_name_of_a_file_leads_out_of_its_class(collection, name):
    collection.add("cats", [upload(name)])
    written = [path for path in collection.folder.parent.parent.rglob("*") if path.is_file()]
    assert [path.parent for path in written] == [collection.folder / "cats"]


@pytest.mark.parametrize("class_name", ["", "a/b", "..", ".hidden", "x" * 81])
def test_a_name_that_no_class_can_have_is_refused(collection, class_name):
    with pytest.raises(DatasetError):
        collection.add(class_name, [upload("a.png")])
    assert collection.counts() == {}


def test_a_class_that_is_removed_is_gone_and_another_name_does_nothing(collection):
    collection.add("cats", [upload("a.png")])
    collection.add("dogs", [upload("a.png")])
    collection.remove("cats")
    collection.remove("../p1")
    assert collection.counts() == {"dogs": 1}


def test_the_intake_reads_each_file_in_its_class_also_where_classes_are_called_like_parts(collection):
    collection.add("train", [upload("1.png")])
    collection.add("test, new", [upload("1.png"), upload("2, 3.png")])
    known = {member.path: member.known.class_name for member in open_source(collection.source()).members()}
    assert known == {"train/1.png": "train", "test, new/1.png": "test, new", "test, new/2, 3.png": "test, new"}
    assert open_source(collection.source()).files == 3, "asked twice, there is still one table"
