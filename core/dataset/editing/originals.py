"""Files of images that several datasets share."""

import os
import shutil
from pathlib import Path

import pandas as pd

from core.dataset.store import original_path


def link_originals(images: pd.DataFrame, source: Path, target: Path) -> None:
    """Puts the originals of ``images`` from the dataset's folder ``source`` into ``target``, where some may be already.

    They are hard links, which take no room, where the file system has them, and copies elsewhere. No original is ever
    written to again, so that a dataset can be deleted without harm to the others.
    """
    made: set[str] = set()
    files = images[["content_hash", "format"]].drop_duplicates()
    for content_hash, file_format in zip(files["content_hash"].tolist(), files["format"].tolist(), strict=True):
        file = original_path(Path(), content_hash, file_format)
        folder = str(file.parent)
        if folder not in made:
            (target / folder).mkdir(parents=True, exist_ok=True)
            made.add(folder)
        link_or_copy(f"{source}/{file}", f"{target}/{file}")  # joining paths would take longer than linking


def link_or_copy(old: str | Path, new: str | Path) -> None:
    """``new`` has the content of ``old``; where there is a ``new`` already, it stays."""
    try:
        os.link(old, new)
    except FileExistsError:
        return
    except OSError:  # another file system, one without hard links, or one file with too many of them
        shutil.copyfile(old, new)
