"""Looking through a dataset for what is wrong with it."""

import pandas as pd

from core.dataset.progress import Progress, Report
from core.dataset.store import Dataset
from core.quality.inspected import Inspected
from core.quality.kinds import KINDS
from core.quality.look_alikes import look_alikes
from core.quality.measures import MeasuredImages
from core.quality.quality_report import QualityReport
from core.quality.store import keep_pairs, keep_report, kept_report, near_pairs
from core.quality.thumbnails import DatasetImages, ThumbnailSource, thumbnails


def check(dataset: Dataset, report: Report) -> QualityReport:
    """The quality report of ``dataset``, and the look-alikes in it; kept in its folder, and made only once.

    Every image is decoded once, a few at a time. ``report(done, total)`` is called with numbers of images, at most ten
    times a second. Not for the web process.
    """
    kept = kept_report(dataset)
    if kept is not None and near_pairs(dataset) is not None:
        return kept
    images = MeasuredImages(DatasetImages(dataset))
    inspected = Inspected(dataset.images, dataset.class_names, *_looked_at(dataset, images, report))
    quality_report = inspect(inspected)
    keep_report(dataset, quality_report)
    return quality_report


def ensure_pairs(dataset: Dataset, report: Report | None = None) -> pd.DataFrame:
    """The pairs of look-alikes in ``dataset``, searched for and kept where they are not known. Not for the web
    process."""
    pairs = near_pairs(dataset)
    return _search(dataset, DatasetImages(dataset), report or _to_nobody) if pairs is None else pairs


def inspect(inspected: Inspected) -> QualityReport:
    """What all kinds of findings find."""
    findings = [kind.find(inspected) for kind in KINDS]
    return QualityReport(len(inspected.images), tuple(finding for finding in findings if finding is not None))


def _looked_at(dataset: Dataset, images: MeasuredImages, report: Report) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The measures of the images and the pairs of look-alikes."""
    pairs = near_pairs(dataset)
    if pairs is None:
        pairs = _search(dataset, images, report)
    else:
        progress = Progress(report, len(images))
        thumbnails(images, progress.step)  # the images are measured as they pass
        progress.finish()
    return images.table, pairs


def _search(dataset: Dataset, images: ThumbnailSource, report: Report) -> pd.DataFrame:
    pairs = look_alikes(images, report)
    keep_pairs(dataset, pairs)
    return pairs


def _to_nobody(_done: int, _total: int) -> None:
    """Where nobody asks how far it is."""
