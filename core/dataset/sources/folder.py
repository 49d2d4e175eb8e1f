"""A folder on this machine as a source. Read only; links that lead out of it are not followed."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from core.dataset.limits import Limits
from core.dataset.refused_file_error import RefusedFileError
from core.dataset.sources.names import is_litter, readable_name
from core.dataset.sources.source import Member, Source, unusable
from core.errors import DatasetError
from core.message import say


def open_folder(folder: Path, name: str, limits: Limits) -> Source:
    """The files below ``folder``, in the order of their paths. Raises DatasetError if there are none or too many."""
    files = _files(folder, name, limits)
    if not files:
        raise DatasetError(say("The folder {name} is empty. Put one folder of images per class into it.", name=name))
    return Source(name, len(files), partial(_members, folder, files, limits), limits)


def _files(folder: Path, name: str, limits: Limits) -> list[str]:
    files: list[str] = []
    for place, folders, names in os.walk(folder):
        linked = [each for each in folders if Path(place, each).is_symlink()]
        paths = (str(Path(place, each).relative_to(folder)) for each in names + linked)
        files += (path for path in paths if not is_litter(shown_name(path)))
        folders[:] = [each for each in folders if not is_litter(each)]
        limits.check_files(name, len(files))
    return sorted(files, key=shown_name)


def shown_name(path: str) -> str:
    """``path`` below a folder as members are called: NFC, with ``/`` between folders."""
    return readable_name(os.fsencode(path)).replace(os.sep, "/")


def _members(folder: Path, files: list[str], limits: Limits) -> Iterator[Member]:
    root = folder.resolve()
    for file in files:
        yield _member(root, file, limits)


def _member(root: Path, file: str, limits: Limits) -> Member:
    path, target = shown_name(file), (root / file).resolve()
    if not target.is_relative_to(root):
        return unusable(path, say("The file is a link that leads out of the folder. Put the image itself there."))
    if target.is_dir():
        return unusable(path, say("The file is a link to a folder. Put the folder itself there."))
    if not target.is_file():
        return unusable(path, say("There is no file behind this name that could be read. Put the image itself there."))
    return Member(path, partial(_read, target, limits))


def _read(target: Path, limits: Limits) -> bytes:
    reason = limits.reason_against(target.stat().st_size)
    if reason is not None:
        raise RefusedFileError(reason)
    try:
        with target.open("rb") as file:
            return file.read(limits.file_bytes)
    except PermissionError as error:
        raise RefusedFileError(say("The file may not be read. Change its permissions.")) from error
