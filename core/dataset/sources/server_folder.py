"""Folders on the computer that Layerlab runs on, as far as its keeper has opened them by LAYERLAB_IMPORT_ROOT."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from core.dataset.sources.folder import shown_name
from core.dataset.sources.names import is_litter
from core.errors import DatasetError
from core.message import Message, say

IMPORT_ROOT = "LAYERLAB_IMPORT_ROOT"
_MOST_FOLDERS = 500
_MOST_COUNTED = 1_000


@dataclass(frozen=True)
class ServerFolder:
    """A folder to choose. ``path`` is from the import root, with ``/`` between folders; empty for the root itself.

    ``files`` and ``folders`` lie directly in it, counted up to 1,000; ``is_more`` if there are others.
    """

    path: str
    name: str
    files: int
    folders: int
    is_more: bool


def import_root(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder below which images may be taken. Raises DatasetError if none is set, or it is not there."""
    setting = environment.get(IMPORT_ROOT, "").strip()
    if not setting:
        raise DatasetError(
            say(
                "No folder of this server is open for images. Its keeper opens one by setting {variable} to its path.",
                variable=IMPORT_ROOT,
            )
        )
    root = Path(setting).resolve()
    if not root.is_dir():
        raise DatasetError(
            say(
                "The folder {folder}, to which {variable} is set, is not there. Its keeper has to make it or correct "
                "the setting.",
                folder=setting,
                variable=IMPORT_ROOT,
            )
        )
    return root


def folder_below(root: Path, path: str) -> Path:
    """The folder ``path`` below ``root``, links followed. Raises DatasetError if it is elsewhere or not there."""
    try:
        folder = (root / path).resolve()
        is_outside, is_folder = not folder.is_relative_to(root.resolve()), folder.is_dir()
    except (OSError, RuntimeError, ValueError) as error:  # too long, a loop of links, a zero in the name
        raise DatasetError(_not_there(path)) from error
    if is_outside:
        raise DatasetError(
            say("The folder {folder} is outside of the folder that is open for images. Choose one in it.", folder=path)
        )
    if not is_folder:
        raise DatasetError(_not_there(path))
    return folder


def subfolders(root: Path, path: str = "") -> list[ServerFolder]:
    """The first 500 folders in ``path`` below ``root``, by name, with how much lies in each.

    Links that lead out of ``root``, hidden folders and those that may not be read are left out. Raises DatasetError
    as `folder_below`.
    """
    folder = folder_below(root, path)
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if _is_folder(entry) and not is_litter(entry.name))
    except PermissionError as error:
        raise DatasetError(say("The folder {folder} may not be read. Change its permissions.", folder=path)) from error
    found = (_listed(root, f"{path}/{name}" if path else name) for name in names[:_MOST_FOLDERS])
    return [each for each in found if each is not None]


def _listed(root: Path, path: str) -> ServerFolder | None:
    try:
        with os.scandir(folder_below(root, path)) as entries:
            kinds = [_is_folder(entry) for entry in islice(entries, _MOST_COUNTED + 1)]
    except (DatasetError, OSError):  # what cannot be chosen is not offered
        return None
    counted = kinds[:_MOST_COUNTED]
    folders = sum(counted)
    return ServerFolder(
        path=path,
        name=shown_name(path.rpartition("/")[2]),
        files=len(counted) - folders,
        folders=folders,
        is_more=len(kinds) > len(counted),
    )


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _not_there(path: str) -> Message:
    return say("There is no folder {folder} among those that are open for images. Choose another.", folder=path)
