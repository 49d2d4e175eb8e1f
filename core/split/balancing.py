"""Dealing out units that hold images of several classes, such as all images of a patient, as evenly as they allow.

The measure of an assignment is that of Pearson's chi-squared test: the sum over parts and classes of (found −
expected)² / expected, and the same for the images of all classes together. Units are dealt out one by one, the largest
first, each to where the sum grows least; then moving a unit and exchanging two is tried for as long as it helps.

It is computed in whole numbers, so that it is the same on every machine. scikit-learn's StratifiedGroupKFold also deals
greedily, but knows only parts of one size, and its random order may change with its version; what it leaves uneven is
the measure of this in the tests.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

_GRAIN = 16
"""Expected numbers of images are rounded to this fraction of one."""
_LARGEST_IMPROVED = 600
_MOST_IMPROVEMENTS = 200
_NEVER = np.iinfo(np.int64).max // 4


def balanced(units: Sequence[np.ndarray], strata: np.ndarray, shares: Mapping[str, float]) -> list[str]:
    """A part for each of ``units``, which are row positions, the largest first.

    ``strata``, (images,), is the stratum of each image, ``shares`` sum to 1. Every part with a share gets a unit where
    there are enough of them. The result depends on the order of the units where several are as good.
    """
    if not units:
        return []
    names = [name for name, share in shares.items() if share > 0]
    counts = [_counts(unit, strata) for unit in units]
    target = _target(counts, [shares[name] for name in names])
    found = -target.expected
    parts = _greedy(counts, target, found)
    if len(names) > 1:
        _fill_empty(counts, target, found, parts)
        _improve(counts, target, found, parts)
    return [names[part] for part in parts]


_Counts = Mapping[int, int]
"""Images per column: one for each stratum, and column 0 for all images of the unit."""


@dataclass(frozen=True)
class _Target:
    """``expected``: (parts, columns), in grains of an image; ``weight``: (parts, columns), about 1 / expected."""

    expected: np.ndarray
    weight: np.ndarray


def _counts(unit: np.ndarray, strata: np.ndarray) -> _Counts:
    return {0: len(unit), **Counter((strata[unit] + 1).tolist())}


def _target(counts: Sequence[_Counts], shares: Sequence[float]) -> _Target:
    """Weights are whole numbers, small enough for sums over a million images to stay below 2⁶³."""
    images = np.zeros(1 + max(max(each) for each in counts), dtype=np.int64)
    for each in counts:
        for column, number in each.items():
            images[column] += number
    of_part = np.minimum(np.rint(64 / np.array(shares)), 2**13).astype(np.int64)
    of_column = np.maximum(1, 2**16 // np.maximum(1, images))
    expected = np.rint(_GRAIN * np.array(shares)[:, np.newaxis] * images).astype(np.int64)
    return _Target(expected, of_part[:, np.newaxis] * of_column)


def _greedy(counts: Sequence[_Counts], target: _Target, found: np.ndarray) -> list[int]:
    """A part for each unit; ``found`` is brought up to date. Plain numbers are faster here than arrays of a few."""
    weight, above = target.weight.tolist(), found.tolist()
    parts = []
    for unit in counts:
        grains = [(column, _GRAIN * images) for column, images in unit.items()]
        costs = [sum(w[c] * g * (2 * a[c] + g) for c, g in grains) for w, a in zip(weight, above, strict=True)]
        part = costs.index(min(costs))
        for column, images in grains:
            above[part][column] += images
        parts.append(part)
    found[:] = above
    return parts


@dataclass
class _Table:
    """The largest units as a table, for trying many changes at once: ``grains``, (units, columns), ``parts``, (units,).

    ``others`` is how many units that are not in the table each part has.
    """

    grains: np.ndarray
    parts: np.ndarray
    others: np.ndarray
    target: _Target
    found: np.ndarray

    def moves(self) -> np.ndarray:
        """By how much the measure grows when a unit goes to a part, (units, parts); 0 for the part that it is in."""
        squares = self.grains**2 @ self.target.weight.T
        pull = 2 * self.grains @ (self.target.weight * self.found).T
        own = np.arange(len(self.parts)), self.parts
        growth = (squares - pull)[own][:, np.newaxis] + squares + pull
        growth[own] = 0
        return growth

    def exchanges(self, moves: np.ndarray) -> Iterator[tuple[int, int, int]]:
        """For each pair of parts the best exchange: the growth of the measure, and the two units."""
        weight = self.target.weight
        for first in range(len(weight)):
            for second in range(first + 1, len(weight)):
                here, there = np.flatnonzero(self.parts == first), np.flatnonzero(self.parts == second)
                if len(here) and len(there):
                    both = 2 * (self.grains[here] * (weight[first] + weight[second])) @ self.grains[there].T
                    growth = moves[here, second][:, np.newaxis] + moves[there, first] - both
                    i, j = divmod(int(growth.argmin()), len(there))
                    yield int(growth[i, j]), int(here[i]), int(there[j])

    def units_in_parts(self) -> np.ndarray:
        return self.others + np.bincount(self.parts, minlength=len(self.others))

    def move(self, unit: int, part: int) -> None:
        self.found[self.parts[unit]] -= self.grains[unit]
        self.found[part] += self.grains[unit]
        self.parts[unit] = part


def _table(counts: Sequence[_Counts], target: _Target, found: np.ndarray, parts: Sequence[int]) -> _Table:
    units = min(len(counts), _LARGEST_IMPROVED)
    grains = np.zeros((units, target.weight.shape[1]), dtype=np.int64)
    for row in range(units):
        grains[row, list(counts[row])] = [_GRAIN * images for images in counts[row].values()]
    others = np.bincount(np.array(parts[units:], dtype=np.int64), minlength=len(target.weight))
    return _Table(grains, np.array(parts[:units], dtype=np.int64), others, target, found)


def _fill_empty(counts: Sequence[_Counts], target: _Target, found: np.ndarray, parts: list[int]) -> None:
    """A unit for each part that has none, from where there are several."""
    table = _table(counts, target, found, parts)
    for part in np.flatnonzero(table.units_in_parts() == 0):
        is_spare = table.units_in_parts()[table.parts] > 1
        if is_spare.any():
            table.move(int(np.where(is_spare, table.moves()[:, part], _NEVER).argmin()), int(part))
    parts[: len(table.parts)] = table.parts.tolist()


def _improve(counts: Sequence[_Counts], target: _Target, found: np.ndarray, parts: list[int]) -> None:
    """Moves units, and exchanges them where no move helps, until nothing helps."""
    table = _table(counts, target, found, parts)
    for _ in range(_MOST_IMPROVEMENTS):
        moves = table.moves()
        allowed = np.where((table.units_in_parts()[table.parts] > 1)[:, np.newaxis], moves, 0)
        unit, part = divmod(int(allowed.argmin()), allowed.shape[1])
        if allowed[unit, part] < 0:
            table.move(unit, part)
            continue
        growth, first, second = min(table.exchanges(moves), default=(0, 0, 0))
        if growth >= 0:
            break
        first_part, second_part = int(table.parts[first]), int(table.parts[second])
        table.move(first, second_part)
        table.move(second, first_part)
    parts[: len(table.parts)] = table.parts.tolist()
