"""Where images come from: a zip archive, a folder, a table that names files, a bundled or a public sample set."""

import unicodedata
from collections.abc import Mapping
from pathlib import Path

from core.dataset.limits import Limits
from core.dataset.sources.columns_in_text import split_choice, with_columns
from core.dataset.sources.folder import open_folder, shown_name
from core.dataset.sources.label_columns import ColumnSuggestion, LabelColumns
from core.dataset.sources.labels_file import FoundLabels, by_table, with_labels
from core.dataset.sources.labels_file import find_labels as _find_labels
from core.dataset.sources.labels_table import LabelsTable, is_table
from core.dataset.sources.one_class import with_class
from core.dataset.sources.public_sets import PUBLIC_SETS, PublicSet, open_public_set
from core.dataset.sources.samples import SAMPLES, Sample, open_sample
from core.dataset.sources.source import Known, Member, Source
from core.dataset.sources.zip_archive import open_zip
from core.errors import DatasetError
from core.message import say

__all__ = [
    "PUBLIC_SETS",
    "SAMPLES",
    "ColumnSuggestion",
    "FoundLabels",
    "Known",
    "LabelColumns",
    "LabelsTable",
    "Member",
    "PublicSet",
    "Sample",
    "Source",
    "find_labels",
    "open_source",
    "with_class",
    "with_columns",
]


def open_source(data: str | Path, name: str | None = None, limits: Limits | None = None) -> Source:
    """The images in ``data``: the name of a sample set or of a public set, or the path of a zip archive, a folder, or
    a table (CSV, TSV) that names files in its folder and their labels.

    A zip archive or a folder that holds one such table is read by it. Which columns count may be said behind the path,
    as in ``labels.csv?label=species``; `with_columns` makes such a text.

    The dataset will be called ``name``; without one, as the sample set, the folder or the file (without its ending) is
    called. A folder that has the name of a sample set is meant by ``./digits``. Raises DatasetError if nothing can be
    had from ``data`` as a whole.
    """
    limits = limits or Limits()
    if isinstance(data, str) and data in SAMPLES:
        return open_sample(data, name or data, limits)
    if isinstance(data, str) and data in PUBLIC_SETS:
        return open_public_set(data, name or data, limits)
    path, choice = split_choice(data)
    if path.is_file() and is_table(path.name):
        folder = open_folder(path.parent, name or _name(path.stem), limits)
        return by_table(folder, shown_name(path.name), choice)
    return with_labels(_open_files(path, name, limits), choice)


def find_labels(data: str | Path, limits: Limits | None = None) -> FoundLabels | None:
    """The table that names the files in ``data``, and what its columns are best taken for; None if there is none.

    ``data`` is the path of a zip archive, a folder or a table. Raises DatasetError as `open_source`, and if a table
    that was handed over itself cannot be read.
    """
    limits = limits or Limits()
    path = Path(data)
    if path.is_file() and is_table(path.name):
        return _find_labels(open_folder(path.parent, _name(path.stem), limits), shown_name(path.name))
    return _find_labels(_open_files(path, None, limits))


def _open_files(path: Path, name: str | None, limits: Limits) -> Source:
    if path.is_dir():
        return open_folder(path, name or _name(path.resolve().name), limits)
    if path.is_file():
        return open_zip(path, name or _name(path.stem), limits)
    raise DatasetError(
        say(
            "There is no file, folder or sample set called {data}. Give the path of a zip archive or of a folder, or "
            "one of the sample sets: {samples}.",
            data=str(path),
            samples=", ".join(_named_sets()),
        )
    )


def _named_sets() -> Mapping[str, object]:
    return {**SAMPLES, **PUBLIC_SETS}


def _name(text: str) -> str:
    return unicodedata.normalize("NFC", text)
