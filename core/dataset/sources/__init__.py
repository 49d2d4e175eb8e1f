"""Where images come from: a zip archive, a folder, or a bundled sample set."""

import unicodedata
from pathlib import Path

from core.dataset.limits import Limits
from core.dataset.sources.folder import open_folder
from core.dataset.sources.samples import SAMPLES, open_sample
from core.dataset.sources.source import Member, Source
from core.dataset.sources.zip_archive import open_zip
from core.errors import DatasetError
from core.message import say

__all__ = ["SAMPLES", "Member", "Source", "open_source"]


def open_source(data: str | Path, name: str | None = None, limits: Limits | None = None) -> Source:
    """The images in ``data``: the name of a sample set, or the path of a zip archive or a folder.

    The dataset will be called ``name``; without one, as the sample set, the folder or the archive (without ``.zip``)
    is called. A folder that has the name of a sample set is meant by ``./digits``. Raises DatasetError if nothing can
    be had from ``data`` as a whole.
    """
    limits = limits or Limits()
    if isinstance(data, str) and data in SAMPLES:
        return open_sample(data, name or data, limits)
    path = Path(data)
    if path.is_dir():
        return open_folder(path, name or _name(path.resolve().name), limits)
    if path.is_file():
        return open_zip(path, name or _name(path.stem), limits)
    raise DatasetError(
        say(
            "There is no file, folder or sample set called {data}. Give the path of a zip archive or of a folder, or "
            "one of the sample sets: {samples}.",
            data=str(data),
            samples=", ".join(SAMPLES),
        )
    )


def _name(text: str) -> str:
    return unicodedata.normalize("NFC", text)
