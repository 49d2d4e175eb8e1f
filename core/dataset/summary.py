"""What a dataset holds, as tidy tables for charts and screens."""

from collections.abc import Mapping
from math import ceil, sqrt

import numpy as np
import pandas as pd

from core.dataset.store import Dataset
from core.message import mark, times

MODE_NAMES: Mapping[str, str] = {
    "1": mark("black and white"),
    "L": mark("grey"),
    "LA": mark("grey, transparent"),
    "I": mark("grey, 32 bits"),
    "I;16": mark("grey, 16 bits"),
    "I;16B": mark("grey, 16 bits"),
    "F": mark("grey, decimal numbers"),
    "P": mark("palette"),
    "PA": mark("palette, transparent"),
    "RGB": mark("colour"),
    "RGBA": mark("colour, transparent"),
    "RGBX": mark("colour"),
    "CMYK": mark("printing colours (CMYK)"),
    "YCbCr": mark("colour"),
}


MOST_BINS = 40


def counts(dataset: Dataset) -> pd.DataFrame:
    """Columns class_name and images (their number), in the order of the labels."""
    labels = dataset.images["label"].value_counts()
    images = [int(labels[label]) for label in range(len(dataset.class_names))]
    return pd.DataFrame({"class_name": list(dataset.class_names), "images": images})


def value_bins(dataset: Dataset) -> pd.DataFrame:
    """How often the numbers of a dataset are about so large, as of `bins`."""
    return bins(dataset.images["value"].to_numpy())


def bins(values: np.ndarray) -> pd.DataFrame:
    """How often ``values``, one of each image, are about so large: columns low, high (the ends of a bin) and images.

    The bins are as wide as each other, and as many as the root of the number of images, up to `MOST_BINS`.
    """
    images, edges = np.histogram(values, min(ceil(sqrt(len(values))), MOST_BINS))
    return pd.DataFrame({"low": edges[:-1], "high": edges[1:], "images": images})


def sizes(dataset: Dataset) -> pd.DataFrame:
    """Columns size (such as ``28 × 28``, height first), mode (see `MODE_NAMES`) and images; the most frequent first."""
    groups = dataset.images.groupby(["height", "width", "mode"]).size().reset_index(name="images")
    groups = groups.sort_values(["images", "height", "width", "mode"], ascending=[False, True, True, True])
    size = [times(size) for size in zip(groups["height"], groups["width"], strict=True)]
    return pd.DataFrame({"size": size, "mode": groups["mode"].to_list(), "images": groups["images"].to_list()})
