import io
import zipfile

import pytest

from core.workspace import Workspace
from ui.uploads import folder_name, spool_folder, spool_labelled, spool_zip


def upload(name, content):
    file = io.BytesIO(content)
    file.name = name
    return file


def test_an_archive_is_written_as_it_came(tmp_path):
    path = spool_zip(upload("pets.zip", b"x" * 3_000_000), Workspace.at(tmp_path))
    assert path.read_bytes() == b"x" * 3_000_000
    assert path.parent.parent == tmp_path / "uploads"


def test_a_folder_becomes_an_archive_with_its_paths(tmp_path):
    files = [upload("동물/고양이/1.png", b"one"), upload("동물/개/1.png", b"two")]
    with zipfile.ZipFile(spool_folder(files, Workspace.at(tmp_path))) as archive:
        assert {entry.filename: archive.read(entry) for entry in archive.infolist()} == {
            "동물/고양이/1.png": b"one",
            "동물/개/1.png": b"two",
        }


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["pets/cats/1.png", "pets/dogs/2.png"], "pets"),
        (["cats/1.png", "dogs/2.png"], "Images"),
        (["pets/1.png", "2.png"], "Images"),
        (["1.png"], "Images"),
    ],
)
def test_a_folder_is_called_as_what_all_its_paths_begin_with(paths, expected):
    assert folder_name(paths, "Images") == expected


def packed(**files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def contents(path):
    with zipfile.ZipFile(path) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def test_a_table_goes_into_the_archive_of_its_images(tmp_path):
    uploads = [upload("labels.csv", b"file,label"), upload("pets.zip", packed(a=b"one"))]
    assert contents(spool_labelled(uploads, Workspace.at(tmp_path))) == {"a": b"one", "labels.csv": b"file,label"}


def test_a_table_takes_no_name_that_is_taken(tmp_path):
    uploads = [upload("labels.csv", b"new"), upload("pets.zip", packed(**{"labels.csv": b"old"}))]
    assert contents(spool_labelled(uploads, Workspace.at(tmp_path))) == {"labels.csv": b"old", "labels (2).csv": b"new"}


def test_loose_images_and_their_table_become_one_archive(tmp_path):
    uploads = [upload("labels.csv", b"file,label"), upload("a.png", b"one")]
    assert contents(spool_labelled(uploads, Workspace.at(tmp_path))) == {"labels.csv": b"file,label", "a.png": b"one"}


def test_what_only_calls_itself_an_archive_is_written_as_it_came(tmp_path):
    uploads = [upload("labels.csv", b"file,label"), upload("pets.zip", b"this is text")]
    assert spool_labelled(uploads, Workspace.at(tmp_path)).read_bytes() == b"this is text"
