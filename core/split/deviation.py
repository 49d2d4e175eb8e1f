"""How far the mix of classes in each part is from that of all images."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.split.assignment import Assignment


@dataclass(frozen=True)
class Deviation:
    """``points``: the share of class ``class_name`` in ``part`` less its share in all images, in percentage points."""

    points: float
    class_name: str
    part: str


def deviations(assignment: Assignment, labels: Sequence[int], class_names: Sequence[str]) -> pd.DataFrame:
    """One row per class and part that has images: columns class_name, part, share (of the part's images), whole (the
    share of all images), both 0–1, and points (share less whole, in percentage points)."""
    table = assignment.counts_per_class(class_names, labels)
    in_part = table.groupby("part")["images"].transform("sum")
    of_class = table.groupby("class_name", sort=False)["images"].transform("sum")
    shares = {"share": table["images"] / in_part, "whole": of_class / max(1, len(assignment.parts))}
    table = table.assign(**shares)[in_part > 0].drop(columns="images")
    return table.assign(points=100 * (table["share"] - table["whole"])).reset_index(drop=True)


def deviation(assignment: Assignment, labels: Sequence[int], class_names: Sequence[str]) -> Deviation | None:
    """The largest of `deviations`, upwards or downwards; none where there are no classes or no images."""
    table = deviations(assignment, labels, class_names)
    if table.empty:
        return None
    largest = table.loc[np.abs(table["points"]).idxmax()]
    return Deviation(float(largest["points"]), str(largest["class_name"]), str(largest["part"]))
