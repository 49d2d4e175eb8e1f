"""The images of one dataset in another one, such as a later version of it."""

import numpy as np
import pandas as pd

GONE = -1


def counterparts(images: pd.DataFrame, others: pd.DataFrame) -> np.ndarray:
    """For each of ``images`` the position in ``others`` of the image with the same pixels, or `GONE`: (len(images),).

    Both have the columns path and pixel_hash. Of several with the same pixels, each has one of its own: that with the
    same path, else they are taken in their order. The label does not matter.
    """
    found = _matched(images, others, ["pixel_hash", "path"])
    left, free = np.flatnonzero(found == GONE), np.setdiff1d(np.arange(len(others)), found)
    rest = _matched(_numbered(images.iloc[left]), _numbered(others.iloc[free]), ["pixel_hash", "copy"])
    found[left] = np.where(rest == GONE, GONE, np.append(free, GONE)[rest])
    return found


def _matched(images: pd.DataFrame, others: pd.DataFrame, by: list[str]) -> np.ndarray:
    """The position in ``others`` of each of ``images`` by columns that tell images apart."""
    return pd.MultiIndex.from_frame(others[by]).get_indexer(pd.MultiIndex.from_frame(images[by]))


def _numbered(images: pd.DataFrame) -> pd.DataFrame:
    """With the column copy: how many with the same pixels are above."""
    return images.assign(copy=images.groupby("pixel_hash").cumcount())
