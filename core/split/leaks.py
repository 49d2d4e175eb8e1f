"""Images that stand on both sides of a split, so that judging on them is no test."""

from dataclasses import dataclass

import pandas as pd

from core.split.assignment import Assignment, assign
from core.split.settings import Split


@dataclass(frozen=True)
class LeakReport:
    """``clusters``: groups of two or more images with the same pixels. ``before`` and ``after``: validation and
    test images that have a twin in training, when nothing is kept together and under the split as it is set."""

    clusters: int
    before: int
    after: int


def leak_report(split: Split, images: pd.DataFrame) -> LeakReport:
    """What keeping images together does for ``images`` (columns path, label, pixel_hash)."""
    scattered = assign(split.model_copy(update={"keep_together": "nothing"}), images)
    return LeakReport(
        clusters=int((images["pixel_hash"].value_counts() > 1).sum()),
        before=leaks(scattered, images),
        after=leaks(assign(split, images), images),
    )


def leaks(assignment: Assignment, images: pd.DataFrame) -> int:
    """How many validation and test images have the pixels of a training image."""
    in_training = assignment.parts == "train"
    return int(images.loc[~in_training, "pixel_hash"].isin(images.loc[in_training, "pixel_hash"]).sum())
