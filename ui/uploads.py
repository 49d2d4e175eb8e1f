"""Uploads on their way from the memory of the web process to the disk, in pieces."""

import contextlib
import secrets
import shutil
from collections.abc import Sequence
from itertools import chain, count
from pathlib import Path, PurePosixPath
from typing import IO, Protocol
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo, is_zipfile

from core.dataset.sources.labels_table import is_table
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
    spool_file(upload, path)
    return path


def spool_file(upload: Upload, path: Path) -> None:
    """Writes one file to ``path``."""
    with path.open("wb") as file:
        _copy(upload, file)


def spool_folder(uploads: Sequence[Upload], workspace: Workspace) -> Path:
    """Writes the files of an uploaded folder into one archive, under their paths and not compressed."""
    path = _new_folder(workspace) / "upload.zip"
    with ZipFile(path, "w", ZIP_STORED) as archive:
        for upload in uploads:
            with archive.open(ZipInfo(upload.name), "w", force_zip64=True) as file:
                _copy(upload, file)
    return path


def spool_labelled(uploads: Sequence[Upload], workspace: Workspace) -> Path:
    """Writes a table and the images that it names into one archive. The images are files, or in an archive that is
    among the uploads; whether that is one, intake says."""
    archive = next((upload for upload in uploads if is_archive(upload.name)), None)
    if archive is None:
        return spool_folder(uploads, workspace)
    path = spool_zip(archive, workspace)
    for table in (upload for upload in uploads if is_table(upload.name)):
        _add(table, path)
    return path


def is_archive(name: str) -> bool:
    """Whether the name says that the file is a zip archive."""
    return PurePosixPath(name).suffix.lower() == ".zip"


def folder_name(paths: Sequence[str], otherwise: str) -> str:
    """The folder that all ``paths`` begin with, else ``otherwise``."""
    first = {path.split("/")[0] for path in paths if "/" in path}
    return first.pop() if len(first) == 1 and all("/" in path for path in paths) else otherwise


def _add(upload: Upload, path: Path) -> None:
    """Puts a file into the archive at ``path``, at its top; what is no archive stays as it is."""
    if not is_zipfile(path):
        return
    with contextlib.suppress(BadZipFile), ZipFile(path, "a") as archive:
        taken = set(archive.namelist())
        own = PurePosixPath(upload.name)
        names = chain([own.name], (f"{own.stem} ({number}){own.suffix}" for number in count(2)))
        with archive.open(ZipInfo(next(name for name in names if name not in taken)), "w") as file:
            _copy(upload, file)


def _new_folder(workspace: Workspace) -> Path:
    folder = workspace.home / "uploads" / secrets.token_hex(8)
    folder.mkdir(parents=True)
    return folder


def _copy(upload: Upload, file: IO[bytes]) -> None:
    upload.seek(0)
    shutil.copyfileobj(upload, file, CHUNK_BYTES)
