"""What a check leaves in the folder of a dataset: ``quality.json`` and ``look_alikes.parquet``."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import numpy as np
import pandas as pd

from core.dataset.store import Dataset
from core.quality.clusters import clusters_of
from core.quality.quality_report import QualityReport

PAIRS_VERSION = 1
"""To be raised when other images are called look-alikes: pairs with another number are searched for anew."""

_REPORT = "quality.json"
_PAIRS = "look_alikes.parquet"


def kept_report(dataset: Dataset) -> QualityReport | None:
    """The quality report of ``dataset``; None while nobody has checked it, or only another version of Layerlab."""
    try:
        text = (dataset.folder / _REPORT).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    return QualityReport.from_json(text)


def is_checked(dataset: Dataset) -> bool:
    """Whether there is nothing left to do for a check."""
    return kept_report(dataset) is not None and are_pairs_known(dataset)


def are_pairs_known(dataset: Dataset) -> bool:
    """Whether there is what `near_pairs` gives; the pairs, which may be many, are not read."""
    return _read_pairs(dataset, columns=[]) is not None


def near_pairs(dataset: Dataset) -> pd.DataFrame | None:
    """The pairs of images that look alike, as `core.quality.look_alikes.look_alikes` gives them; None as above."""
    return _read_pairs(dataset)


def _read_pairs(dataset: Dataset, columns: list[str] | None = None) -> pd.DataFrame | None:
    """With these ``columns`` of them, or with all."""
    try:
        pairs = pd.read_parquet(dataset.folder / _PAIRS, columns=columns)
    except FileNotFoundError:
        return None
    return pairs if pairs.attrs.get("version") == PAIRS_VERSION else None


def near_clusters(dataset: Dataset) -> np.ndarray | None:
    """The number of the cluster of look-alikes of each image, (images,); None as above."""
    pairs = near_pairs(dataset)
    return None if pairs is None else clusters_of(pairs, len(dataset.images))


def keep_report(dataset: Dataset, report: QualityReport) -> None:
    """Writes the report, in place of one that is there."""
    _write(dataset.folder / _REPORT, lambda path: path.write_text(report.to_json(), encoding="utf-8"))


def keep_pairs(dataset: Dataset, pairs: pd.DataFrame) -> None:
    """Writes the pairs, in place of those that are there."""
    pairs = pairs.copy()
    pairs.attrs = {"version": PAIRS_VERSION}
    _write(dataset.folder / _PAIRS, lambda path: pairs.to_parquet(path, index=False))


def _write(path: Path, write: Callable[[Path], object]) -> None:
    """By a name of its own: whoever reads finds the whole file or none."""
    unfinished = path.with_name(f".{uuid4().hex}{path.suffix}")
    try:
        write(unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
