"""Whether judged images are as many as they seem: those that belong together are often right or wrong together."""

from math import sqrt

import numpy as np
import pandas as pd

from core.message import Message, say
from core.split import Split
from core.split.together import units_together

LEAST_WIDER = 1.05
"""A range that would be wider by less is left as it is."""


def dependence(
    split: Split, images: pd.DataFrame, rows: np.ndarray, clusters: np.ndarray | None = None
) -> Message | None:
    """That images among those at ``rows`` of ``images`` belong together, so that ranges and p-values, which take each
    for one of its own, are too sure; None where that changes next to nothing.

    What belongs together is what ``split`` keeps together by groups, else look-alikes: ``clusters``, (images,), is the
    same number for those, and where they are not known, only images with the same pixels are.
    """
    sizes = _sizes(split, images.iloc[rows], None if clusters is None else clusters[rows])
    wider = times_wider(sizes)
    if wider < LEAST_WIDER:
        return None
    return say(
        "Of these {images:,} images, {together:,} are of one group with others here, or look like them. Such images "
        "are often right or wrong together, so they tell less than as many different ones: ranges should be up to "
        "{wider:.1f} times as wide, and differences are less certain than they seem.",
        images=len(rows),
        together=int(sizes[sizes > 1].sum()),
        wider=wider,
    )


def times_wider(sizes: np.ndarray) -> float:
    """How many times as wide the range of an accuracy is at most, where images come in units of ``sizes``, (units,).

    The root of the design effect (Kish, 1965, Survey Sampling, 5.4) where the images of a unit are all right or all
    wrong: the mean size of the unit of an image.
    """
    return sqrt(float((sizes**2).sum() / sizes.sum()))


def _sizes(split: Split, images: pd.DataFrame, clusters: np.ndarray | None) -> np.ndarray:
    by = "group" if split.keep_together == "group" else "near"
    together = split.model_copy(update={"keep_together": by})
    return np.array([len(unit) for unit in units_together(together, images, clusters)])
