import io
import stat
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dataset.limits import MEGABYTE, Limits
from core.dataset.refused_file_error import RefusedFileError
from core.dataset.sources import open_source
from core.errors import DatasetError
from tests.core.dataset.builders import TWO_CLASSES, plain, zip_of


def zip_bytes(files) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def encrypted(archive: bytes) -> bytes:
    """Sets the bit that says so in the header of every file (at 6) and in the directory (at 8)."""
    changed = bytearray(archive)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = changed.find(signature)
        while position >= 0:
            changed[position + offset] |= 1
            position = changed.find(signature, position + 4)
    return bytes(changed)


def read_all(source) -> list[bytes | RefusedFileError]:
    """What each member gives: its bytes or its refusal."""
    answers: list[bytes | RefusedFileError] = []
    for member in source.members():
        try:
            answers.append(member.read())
        except RefusedFileError as refused:
            answers.append(refused)
    return answers


GOOD = zip_bytes(TWO_CLASSES)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"hello", "pets is not a zip archive"),
        (b"", "pets is not a zip archive"),
        (b"Rar!\x1a\x07\x00" + bytes(100), "pets is not a zip archive"),
        (plain(), "pets is not a zip archive"),
        (zip_bytes({}), "pets is an empty zip archive"),
        (zip_bytes({"cats/": b"", "cats/.DS_Store": b"x", "__MACOSX/a.png": b"x"}), "pets is an empty zip archive"),
        (GOOD[: len(GOOD) // 2], "pets is damaged or was cut off"),
        (GOOD[:-10], "pets is damaged or was cut off"),
        (encrypted(GOOD), "pets is protected by a password"),
    ],
)
def test_an_archive_that_is_of_no_use_is_refused_with_one_sentence(tmp_path, data, reason):
    path = tmp_path / "pets.zip"
    path.write_bytes(data)
    with pytest.raises(DatasetError, match=reason):
        open_source(path)


def test_an_archive_that_unpacks_to_more_than_the_limit_is_refused_before_anything_is_unpacked(tmp_path):
    path = zip_of(tmp_path / "bomb.zip", {"a/1.png": bytes(3 * MEGABYTE), "b/1.png": bytes(3 * MEGABYTE)})
    assert path.stat().st_size < MEGABYTE
    with pytest.raises(DatasetError, match="bomb unpacks to more than 5 MB, which is the limit"):
        open_source(path, limits=Limits(total_bytes=5 * MEGABYTE))


def test_members_come_with_their_bytes_in_the_order_of_the_archive(tmp_path):
    source = open_source(zip_of(tmp_path / "a.zip", TWO_CLASSES))
    assert {member.path: member.read() for member in source.members()} == TWO_CLASSES
    assert source.files == 4


def test_names_of_every_make_are_read(tmp_path):
    """Korean Windows writes CP949 without the UTF-8 mark; old programs on Windows write backslashes."""
    data = zip_bytes({"AAAAAA/1.png": b"x", "dogs\\2.png": b"y", "강아지/3.png": b"z"})
    data = data.replace(b"AAAAAA", "고양이".encode("cp949"))
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert [member.path for member in open_source(path).members()] == ["고양이/1.png", "dogs/2.png", "강아지/3.png"]


def link() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("cats/link.png")
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("../evil.png", "leads out of the archive"),
        ("cats/../../evil.png", "leads out of the archive"),
        ("..\\evil.png", "leads out of the archive"),
        ("/etc/evil.png", "absolute path"),
        ("\\evil.png", "absolute path"),
        ("C:\\evil.png", "absolute path"),
        (link(), "is a link"),
        ("cats/large.png", "has 3 MB; at most 2 MB"),
    ],
)
def test_a_member_that_may_not_be_used_is_refused_and_the_others_are_read(tmp_path, entry, reason):
    path = zip_of(tmp_path / "a.zip", [("cats/1.png", b"x"), (entry, bytes(2 * MEGABYTE + 1)), ("dogs/1.png", b"y")])
    first, refused, last = read_all(open_source(path, limits=Limits(file_bytes=2 * MEGABYTE)))
    assert (first, last) == (b"x", b"y")
    assert reason in str(refused)


def test_a_member_with_a_wrong_checksum_is_refused(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(
        zip_bytes({"a/1.png": b"first data", "b/1.png": b"other data"}).replace(b"first data", b"first dada")
    )
    damaged, other = read_all(open_source(path))
    assert "damaged inside the archive" in str(damaged)
    assert other == b"other data"


def test_a_member_that_is_longer_than_it_says_is_not_unpacked_further(tmp_path):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/1.png", bytes(5_000_000))
    path = tmp_path / "a.zip"
    path.write_bytes(file.getvalue().replace(struct.pack("<I", 5_000_000), struct.pack("<I", 1_000)))
    (refused,) = read_all(open_source(path))
    assert "damaged inside the archive" in str(refused)


def test_a_member_packed_by_an_unknown_method_is_refused(tmp_path):
    data = bytearray(zip_bytes({"a/1.png": b"x"}))
    data[8] = data[data.find(b"PK\x01\x02") + 10] = 98
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    (refused,) = read_all(open_source(path))
    assert "packed by a method that cannot be read" in str(refused)


@given(st.data())
def test_damaged_archives_are_read_or_refused_and_never_crash(tmp_path_factory, data):
    damaged = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("damaged") / "a.zip"
    path.write_bytes(damaged)
    try:
        source = open_source(path)
    except DatasetError:
        return
    assert len(read_all(source)) == source.files
