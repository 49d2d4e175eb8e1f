import os
from pathlib import Path

import pytest

from core.dataset.limits import MEGABYTE, Limits
from core.dataset.refused_file_error import RefusedFileError
from core.dataset.sources import open_source
from core.errors import DatasetError
from tests.core.dataset.builders import TWO_CLASSES, folder_of


def test_members_come_with_their_bytes_in_the_order_of_their_paths(tmp_path):
    litter = {".DS_Store": b"x", ".git/config.png": b"x", "cats/Thumbs.db": b"x"}
    source = open_source(folder_of(tmp_path / "pets", dict(reversed(TWO_CLASSES.items())) | litter))
    assert [(member.path, member.read()) for member in source.members()] == list(TWO_CLASSES.items())
    assert source.files == 4


def test_names_in_an_old_korean_encoding_are_read(tmp_path):
    folder = Path(os.fsdecode(os.fsencode(tmp_path / "pets") + b"/" + "고양이".encode("cp949")))
    try:
        folder_of(folder, {"1.png": b"x"})
    except OSError:
        pytest.xfail("this file system takes names in UTF-8 only")
    members = {member.path: member for member in open_source(tmp_path / "pets").members()}
    assert members["고양이/1.png"].read() == b"x"


def test_an_empty_folder_is_refused(tmp_path):
    (tmp_path / "pets" / "cats").mkdir(parents=True)
    with pytest.raises(DatasetError, match="The folder pets is empty"):
        open_source(tmp_path / "pets")


def leads_out(folder):
    (folder.parent / "secret.png").write_bytes(b"secret")
    (folder / "cats" / "x.png").symlink_to(folder.parent / "secret.png")


def links_to_a_folder(folder):
    (folder / "cats" / "x.png").symlink_to(folder / "dogs")


def leads_to_a_folder_outside(folder):
    (folder / "cats" / "x.png").symlink_to(folder.parent)


def leads_nowhere(folder):
    (folder / "cats" / "x.png").symlink_to(folder / "gone.png")


def is_a_pipe(folder):
    os.mkfifo(folder / "cats" / "x.png")


def is_large(folder):
    (folder / "cats" / "x.png").write_bytes(bytes(MEGABYTE + 1))


@pytest.mark.parametrize(
    ("add", "reason"),
    [
        (leads_out, "leads out of the folder"),
        (leads_to_a_folder_outside, "leads out of the folder"),
        (links_to_a_folder, "is a link to a folder"),
        (leads_nowhere, "no file behind this name"),
        (is_a_pipe, "no file behind this name"),
        (is_large, "has 2 MB; at most 1 MB"),
    ],
)
def test_what_may_not_be_used_is_refused(tmp_path, add, reason):
    folder = folder_of(tmp_path / "pets", TWO_CLASSES)
    add(folder)
    members = {member.path: member for member in open_source(folder, limits=Limits(file_bytes=MEGABYTE)).members()}
    assert set(members) == {*TWO_CLASSES, "cats/x.png"}
    with pytest.raises(RefusedFileError, match=reason):
        members["cats/x.png"].read()


def test_a_link_that_stays_inside_is_followed(tmp_path):
    folder = folder_of(tmp_path / "pets", TWO_CLASSES)
    (folder / "dogs" / "3.png").symlink_to(folder / "cats" / "1.png")
    members = {member.path: member.read() for member in open_source(folder).members()}
    assert members["dogs/3.png"] == TWO_CLASSES["cats/1.png"]
