"""Which image belongs to which part."""

import csv
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from core.split.settings import Split

PARTS = ("train", "validation", "test")

_ROUNDING = 1e-9
"""Below this a remainder is an error of floating point: 10 × 0.7 is meant to be 7."""


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


def assign(split: Split, images: pd.DataFrame) -> Assignment:
    """Divide ``images`` (columns path, label, pixel_hash).

    The order in which images are dealt out is that of a hash of the seed and the image, so that the result depends
    on the split and the images alone: not on the machine, the version of a library or the order of the rows. Parts
    get their shares by the largest remainder, within each class when stratified; what rounding takes from a part in
    one class it is the first to get back in the next. Images with the same pixels count as one unit where they are
    kept together, and units of several images are dealt out first, so that the parts come as close to their shares
    as they can.
    """
    parts = np.empty(len(images), dtype="<U10")
    owed = dict.fromkeys(PARTS, 0.0)
    for units in _strata(split, images):
        dealt = _deal(units, split.ratios, owed)
        for unit, part in zip(units, dealt, strict=True):
            parts[unit] = part
        owed = _still_owed(units, split.ratios, owed, dealt)
    return Assignment(parts)


def write_assignment(assignment: Assignment, images: pd.DataFrame, path: Path) -> None:
    """``path`` becomes a CSV with the columns path, label (the class name) and split, one row per image."""
    table = pd.DataFrame({"path": images["path"], "label": images["class_name"], "split": assignment.parts})
    unfinished = path.with_name(f".{path.name}.part")
    # A name such as macOS's "Icon\r" would end its row here: csv puts no quotes around a lone \r.
    has_returns = images["path"].str.contains("\r", regex=False).any()
    table.to_csv(unfinished, index=False, quoting=csv.QUOTE_ALL if has_returns else csv.QUOTE_MINIMAL)
    unfinished.replace(path)


def read_assignment(path: Path) -> Assignment:
    """What `write_assignment` wrote."""
    return Assignment(pd.read_csv(path, usecols=["split"])["split"].to_numpy(dtype="<U10"))


def _strata(split: Split, images: pd.DataFrame) -> Iterable[list[np.ndarray]]:
    """Units of row positions, dealt out within each stratum in this order. A unit belongs to the class of its first
    image."""
    units = [np.asarray(rows) for rows in _units(split, images)]
    labels = images["label"].to_numpy()
    order = _order(split.seed, images)
    units.sort(key=lambda unit: (-len(unit), order[unit[0]]))
    if not split.stratify:
        return [units]
    strata: dict[int, list[np.ndarray]] = {}
    for unit in units:
        strata.setdefault(int(labels[unit[0]]), []).append(unit)
    return [strata[label] for label in sorted(strata)]


def _units(split: Split, images: pd.DataFrame) -> Iterable[Sequence[int]]:
    """Row positions of the images that stay together, each unit in the order of the paths."""
    by_path = np.argsort(images["path"].to_numpy(dtype=str), kind="stable")
    if split.keep_together == "nothing":
        return [[row] for row in by_path]
    hashes = images["pixel_hash"].to_numpy()
    units: dict[str, list[int]] = {}
    for row in by_path:
        units.setdefault(hashes[row], []).append(row)
    return list(units.values())


def _order(seed: int, images: pd.DataFrame) -> list[bytes]:
    """A key for each image that is as good as random, and the same everywhere."""
    keys = zip(images["pixel_hash"], images["path"], strict=True)
    return [hashlib.sha256(f"{seed}\0{pixels}\0{path}".encode()).digest() for pixels, path in keys]


def _deal(units: Sequence[np.ndarray], ratios: Mapping[str, float], owed: Mapping[str, float]) -> list[str]:
    """A part for each unit: always the one that lacks the most images of its share."""
    lacking = _shares(sum(len(unit) for unit in units), ratios, owed)
    dealt = []
    for unit in units:
        part = max(PARTS, key=lambda name: (lacking[name], owed[name]))
        lacking[part] -= len(unit)
        dealt.append(part)
    return dealt


def _shares(images: int, ratios: Mapping[str, float], owed: Mapping[str, float]) -> dict[str, int]:
    """Whole numbers that sum to ``images``, each the ratio's share rounded down or up: largest remainder first, and
    what is ``owed`` counts as remainder."""
    exact = {part: images * ratio for part, ratio in ratios.items()}
    shares = {part: int(share + _ROUNDING) for part, share in exact.items()}
    remainder = {part: exact[part] - shares[part] for part in ratios}
    by_remainder = sorted(ratios, key=lambda part: (remainder[part] < _ROUNDING, -remainder[part] - owed[part]))
    for part in by_remainder[: images - sum(shares.values())]:
        shares[part] += 1
    return shares


def _still_owed(
    units: Sequence[np.ndarray], ratios: Mapping[str, float], owed: Mapping[str, float], dealt: Sequence[str]
) -> dict[str, float]:
    """By how many images each part is below its ratio, over this stratum and those before."""
    received = dict.fromkeys(PARTS, 0)
    for unit, part in zip(units, dealt, strict=True):
        received[part] += len(unit)
    images = sum(received.values())
    return {part: owed[part] + images * ratios[part] - received[part] for part in PARTS}
