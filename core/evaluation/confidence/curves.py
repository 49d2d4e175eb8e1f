"""How well the probabilities of a class tell its images from all others, whatever the threshold."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score, roc_curve

BUCKETS = 500
"""A drawn curve keeps the ends of so many pieces."""


def areas(labels: np.ndarray, probabilities: np.ndarray, class_names: Sequence[str]) -> pd.DataFrame:
    """One row per class, it against all others: columns class_name, images, others (images of other classes), roc_area
    and average_precision (scikit-learn's), both NaN for a class with no images on one of the sides.

    ``labels``: (images,), positions in ``class_names``. ``probabilities``: (images, classes).
    """
    rows = [_areas_of(labels == label, probabilities[:, label]) for label in range(len(class_names))]
    table = pd.DataFrame(rows, columns=["images", "others", "roc_area", "average_precision"])
    table.insert(0, "class_name", list(class_names))
    return table


def macro_means(areas: pd.DataFrame) -> tuple[float, float]:
    """The mean area under ROC and the mean average precision of the classes in ``areas``, as of `areas`, that have
    them; each class counts the same. NaN where none has."""
    return float(areas["roc_area"].mean()), float(areas["average_precision"].mean())


def roc(labels: np.ndarray, probabilities: np.ndarray, label: int, class_name: str) -> pd.DataFrame:
    """The curve of a class against the rest: columns class_name, threshold (from which probability on an image is
    called by its name; NaN where none is), false_positive_rate and true_positive_rate, from (0, 0) to (1, 1).

    Points on a line between others are left out, and so are those that nobody would see: the area under what is left
    differs by at most 1 / (2 * BUCKETS). Empty where the class has no images on one of the sides.
    """
    is_class = labels == label
    if not _has_both(is_class):
        return _curve(class_name, threshold=[], false_positive_rate=[], true_positive_rate=[])
    false, true, thresholds = roc_curve(is_class, probabilities[:, label])
    thresholds[0] = np.nan  # scikit-learn says infinity
    points = _curve(class_name, threshold=thresholds, false_positive_rate=false, true_positive_rate=true)
    return _thinned(points, (false + true) / 2)


def precision_recall(labels: np.ndarray, probabilities: np.ndarray, label: int, class_name: str) -> pd.DataFrame:
    """The curve of a class against the rest, from recall 0 to 1: columns class_name, threshold (NaN at recall 0, where
    no image is called by its name and the precision is 1 by convention), recall and precision. It is thinned, and
    empty, as `roc` is.

    Between two points the precision is that of the higher recall, as the average precision counts it.
    """
    is_class = labels == label
    if not _has_both(is_class):
        return _curve(class_name, threshold=[], recall=[], precision=[])
    precision, recall, thresholds = precision_recall_curve(is_class, probabilities[:, label], drop_intermediate=True)
    columns = {"threshold": np.append(thresholds, np.nan)[::-1], "recall": recall[::-1], "precision": precision[::-1]}
    return _thinned(_curve(class_name, **columns), recall[::-1])


def _areas_of(is_class: np.ndarray, probability: np.ndarray) -> tuple[int, int, float, float]:
    images, others = int(is_class.sum()), int((~is_class).sum())
    if not _has_both(is_class):
        return images, others, np.nan, np.nan
    return images, others, roc_auc_score(is_class, probability), average_precision_score(is_class, probability)


def _has_both(is_class: np.ndarray) -> bool:
    return bool(is_class.any() and not is_class.all())


def _curve(class_name: str, **columns: np.ndarray | list[float]) -> pd.DataFrame:
    return pd.DataFrame(columns).assign(class_name=class_name)[["class_name", *columns]]


def _thinned(points: pd.DataFrame, position: np.ndarray) -> pd.DataFrame:
    """The first and the last of the ``points`` in each of BUCKETS equal pieces of the way, on which they stand at
    ``position``, ascending from 0 to 1."""
    bucket = (position * BUCKETS).astype(int)
    changes = bucket[1:] != bucket[:-1]
    is_kept = np.append(True, changes) | np.append(changes, True)
    return points[is_kept].reset_index(drop=True)
