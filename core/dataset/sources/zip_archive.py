"""A zip archive as a source. Nothing is unpacked to the disk: members are read into memory, one at a time."""

import stat
import struct
import zlib
from collections.abc import Iterator
from functools import partial
from lzma import LZMAError
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from core.dataset.limits import Limits
from core.dataset.refused_file_error import RefusedFileError
from core.dataset.sources.names import is_litter, readable_name, tidy_path, unsafe_reason
from core.dataset.sources.source import Member, Source, unusable
from core.errors import DatasetError
from core.message import Message, say

_DAMAGED_DIRECTORY = (BadZipFile, OSError, OverflowError, RuntimeError, ValueError, struct.error)
_DAMAGED_FILE = (BadZipFile, EOFError, LZMAError, OSError, UnicodeDecodeError, struct.error, zlib.error)
_LOCAL_FILE = b"PK\x03\x04"
_NAME_IS_UTF8 = 0x800
_ENCRYPTED = 0x1


def open_zip(path: Path, name: str, limits: Limits) -> Source:
    """The files in the archive at ``path``. Raises DatasetError if there is nothing to be had from it as a whole."""
    files = [entry for entry in _entries(path, name) if not _is_folder(entry) and not is_litter(_path(entry))]
    if not files:
        raise DatasetError(say("{name} is an empty zip archive. Put a folder of images per class into it.", name=name))
    if any(entry.flag_bits & _ENCRYPTED for entry in files):
        raise DatasetError(
            say("{name} is protected by a password. Make a zip archive without a password and take that.", name=name)
        )
    limits.check_files(name, len(files))
    limits.check_bytes(name, sum(entry.file_size for entry in files))
    return Source(name, len(files), partial(_members, path, files, limits), limits)


def _entries(path: Path, name: str) -> list[ZipInfo]:
    try:
        with ZipFile(path) as archive:
            return archive.infolist()
    except PermissionError as error:
        raise DatasetError(say("{name} may not be read. Change its permissions.", name=name)) from error
    except _DAMAGED_DIRECTORY as error:
        raise DatasetError(_unreadable(path, name)) from error


def _unreadable(path: Path, name: str) -> Message:
    with path.open("rb") as file:
        begins_as_zip = file.read(len(_LOCAL_FILE)) == _LOCAL_FILE
    if begins_as_zip:
        return say("{name} is damaged or was cut off on its way. Make the zip archive again and take that.", name=name)
    return say("{name} is not a zip archive. Put the class folders into a zip archive and take that.", name=name)


def _members(path: Path, entries: list[ZipInfo], limits: Limits) -> Iterator[Member]:
    with ZipFile(path) as archive:
        for entry in entries:
            yield _member(archive, entry, limits)


def _member(archive: ZipFile, entry: ZipInfo, limits: Limits) -> Member:
    path = _path(entry)
    reason = unsafe_reason(path) or _unusable_entry(entry, limits)
    if reason is not None:
        return unusable(path, reason)
    return Member(tidy_path(path), partial(_read, archive, entry))


def _unusable_entry(entry: ZipInfo, limits: Limits) -> Message | None:
    if stat.S_ISLNK(entry.external_attr >> 16):
        return say("The file is a link, not an image. Put the image itself into the archive.")
    return limits.reason_against(entry.file_size)


def _read(archive: ZipFile, entry: ZipInfo) -> bytes:
    """At most the size that the entry declares: `ZipFile` stops there, and the checksum fails if there was more."""
    try:
        return archive.read(entry)
    except NotImplementedError as error:
        raise RefusedFileError(
            say("The file is packed by a method that cannot be read. Make the zip archive again with another program.")
        ) from error
    except _DAMAGED_FILE as error:
        raise RefusedFileError(say("The file is damaged inside the archive. Make the zip archive again.")) from error


def _is_folder(entry: ZipInfo) -> bool:
    return _path(entry).endswith("/")


def _path(entry: ZipInfo) -> str:
    """The name with ``/`` between folders; some programs on Windows write a backslash."""
    return _name(entry).replace("\\", "/")


def _name(entry: ZipInfo) -> str:
    """The name in the encoding it was written in. Without the UTF-8 mark, `zipfile` takes every name for cp437."""
    if entry.flag_bits & _NAME_IS_UTF8:
        return readable_name(entry.filename.encode())
    try:
        return readable_name(entry.filename.encode("cp437"))
    except UnicodeEncodeError:  # from Python 3.13 on, the name may have come from the Unicode extra field
        return readable_name(entry.filename.encode())
