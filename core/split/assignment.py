"""Which image belongs to which part."""

import csv
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from core.split.balancing import balanced
from core.split.dealing import by_largest_remainder
from core.split.given import given_parts, missing_shares
from core.split.parts import PARTS
from core.split.settings import Split
from core.split.strata import has_numbers, strata_of
from core.split.together import Unit, units_together

_DEALINGS = {
    "nothing": by_largest_remainder,
    "exact": by_largest_remainder,
    "near": balanced,
    "group": balanced,
}


@dataclass(frozen=True)
class Assignment:
    """``parts``: the part of each image, as ``train``, ``validation`` or ``test``, in the order of the dataset's
    images."""

    parts: np.ndarray

    def rows(self, part: str) -> np.ndarray:
        """The positions of the images of ``part``, ascending."""
        return np.flatnonzero(self.parts == part)

    def counts(self) -> dict[str, int]:
        """Images per part."""
        return {part: int((self.parts == part).sum()) for part in PARTS}

    def counts_per_class(self, class_names: Sequence[str], labels: Sequence[int]) -> pd.DataFrame:
        """One row per class and part: columns class_name, part, images; every combination is there."""
        table = pd.crosstab(np.asarray(labels), self.parts)
        table = table.reindex(index=range(len(class_names)), columns=list(PARTS), fill_value=0)
        table.index = pd.Index(class_names, name="class_name")
        return table.rename_axis(columns="part").stack().rename("images").reset_index()


def assign(split: Split, images: pd.DataFrame, clusters: np.ndarray | None = None) -> Assignment:
    """Divide ``images`` (columns path, label, pixel_hash, and value, group and given_part where there are such).

    The order in which images are dealt out is that of a hash of the seed and the image, so that the result depends
    on the split and the images alone: not on the machine, the version of a library or the order of the rows. What is
    kept together is one unit, and units of several images are dealt out first, so that the parts come as close to their
    shares as they can; within each class when stratified, or within each tenth of the numbers to be predicted.

    ``clusters``, (images,), is the same number for images that look alike; it is needed where those are kept together,
    else images with the same pixels are. With folds, the images of the test are those that there would be without, and
    the assignment is that of the fold that validates. Of given parts, those that no image came with are dealt out of
    training by their ratios, and an image without a part trains.
    """
    if split.folds:
        return assign_folds(split, images, clusters)[split.fold]
    return Assignment(_three_parts(split, images, units_together(split, images, clusters)))


def assign_folds(split: Split, images: pd.DataFrame, clusters: np.ndarray | None = None) -> tuple[Assignment, ...]:
    """The assignment of each of ``split.folds`` folds: each image that is not for the test validates in one of them."""
    units = units_together(split, images, clusters)
    parts = _three_parts(split, images, units)
    shares = {str(fold): 1 / split.folds for fold in range(split.folds)}
    folds = _dealt(split, images, _only(units, parts != "test"), shares)
    for_training = np.where(parts == "test", parts, "train")
    return tuple(Assignment(np.where(folds == fold, "validation", for_training)) for fold in shares)


def write_assignment(assignment: Assignment, images: pd.DataFrame, path: Path) -> None:
    """``path`` becomes a CSV with the columns path, label (the class name, or the number to be predicted) and split,
    one row per image."""
    labels = images["value"] if has_numbers(images) else images["class_name"]
    table = pd.DataFrame({"path": images["path"], "label": labels, "split": assignment.parts})
    unfinished = path.with_name(f".{path.name}.part")
    # A name such as macOS's "Icon\r" would end its row here: csv puts no quotes around a lone \r.
    has_returns = images["path"].str.contains("\r", regex=False).any()
    table.to_csv(unfinished, index=False, quoting=csv.QUOTE_ALL if has_returns else csv.QUOTE_MINIMAL)
    unfinished.replace(path)


def read_assignment(path: Path) -> Assignment:
    """What `write_assignment` wrote."""
    return Assignment(pd.read_csv(path, usecols=["split"])["split"].to_numpy(dtype="<U10"))


def _three_parts(split: Split, images: pd.DataFrame, units: Sequence[Unit]) -> np.ndarray:
    """The part of each image, before there are folds."""
    if not split.given:
        return _dealt(split, images, units, split.ratios)
    given = given_parts(images)
    parts = np.where(given == "", "train", given)
    shares = missing_shares(given, split.ratios)
    if not shares:
        return parts
    dealt = _dealt(split, images, _only(units, parts == "train"), shares)
    return np.where(parts == "train", dealt, parts)


def _only(units: Sequence[Unit], is_in: np.ndarray) -> list[Unit]:
    """``units`` without the images that are not in; those that had only such are gone."""
    left = (unit[is_in[unit]] for unit in units)
    return [unit for unit in left if len(unit)]


def _dealt(split: Split, images: pd.DataFrame, units: Sequence[Unit], shares: Mapping[str, float]) -> np.ndarray:
    """The part of each image of ``units``, (images,); empty for the others."""
    order = _order(split.seed, images)
    ordered = sorted(units, key=lambda unit: (-len(unit), order[unit[0]]))
    strata = strata_of(images) if split.stratify else np.zeros(len(images), dtype=np.int64)
    parts = np.full(len(images), "", dtype="<U10")
    for unit, part in zip(ordered, _DEALINGS[split.keep_together](ordered, strata, shares), strict=True):
        parts[unit] = part
    return parts


def _order(seed: int, images: pd.DataFrame) -> list[bytes]:
    """A key for each image that is as good as random, and the same everywhere."""
    keys = zip(images["pixel_hash"], images["path"], strict=True)
    return [hashlib.sha256(f"{seed}\0{pixels}\0{path}".encode()).digest() for pixels, path in keys]
