"""Uploads on their way from the memory of the web process to the disk, in pieces."""

import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Protocol
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from core.workspace import Workspace

CHUNK_BYTES = 1 << 20


class Upload(Protocol):
    """A file as Streamlit hands it over; of a folder, ``name`` is the path in it."""

    name: str

    def seek(self, offset: int, /) -> int: ...

    def read(self, size: int = -1, /) -> bytes: ...


def spool_zip(upload: Upload, workspace: Workspace) -> Path:
    """Writes an uploaded archive to a folder of its own under ``uploads/`` of the workspace; whether it is one,
    intake says."""
    path = _new_folder(workspace) / "upload.zip"
    with path.open("wb") as file:
        _copy(upload, file)
    return path


def spool_folder(uploads: Sequence[Upload], workspace: Workspace) -> Path:
    """Writes the files of an uploaded folder into one archive, under their paths and not compressed."""
    path = _new_folder(workspace) / "upload.zip"
    with ZipFile(path, "w", ZIP_STORED) as archive:
        for upload in uploads:
            with archive.open(ZipInfo(upload.name), "w", force_zip64=True) as file:
                _copy(upload, file)
    return path


def folder_name(paths: Sequence[str], otherwise: str) -> str:
    """The folder that all ``paths`` begin with, else ``otherwise``."""
    first = {path.split("/")[0] for path in paths if "/" in path}
    return first.pop() if len(first) == 1 and all("/" in path for path in paths) else otherwise


def _new_folder(workspace: Workspace) -> Path:
    folder = workspace.home / "uploads" / secrets.token_hex(8)
    folder.mkdir(parents=True)
    return folder


def _copy(upload: Upload, file: IO[bytes]) -> None:
    upload.seek(0)
    shutil.copyfileobj(upload, file, CHUNK_BYTES)
