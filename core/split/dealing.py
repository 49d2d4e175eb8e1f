"""Dealing out units of images to parts by the largest remainder, class by class."""

from collections.abc import Mapping, Sequence

import numpy as np

_ROUNDING = 1e-9
"""Below this a remainder is an error of floating point: 10 × 0.7 is meant to be 7."""


def by_largest_remainder(units: Sequence[np.ndarray], strata: np.ndarray, shares: Mapping[str, float]) -> list[str]:
    """A part for each of ``units``, which are row positions and are dealt out in this order.

    ``strata``, (images,), is the stratum of each image; a unit belongs to that of its first image. ``shares`` sum to 1.
    Parts get their shares by the largest remainder, within each stratum; what rounding takes from a part in one
    stratum it is the first to get back in the next.
    """
    positions: dict[int, list[int]] = {}
    for position, unit in enumerate(units):
        positions.setdefault(int(strata[unit[0]]), []).append(position)
    parts = [""] * len(units)
    owed = dict.fromkeys(shares, 0.0)
    for stratum in sorted(positions):
        of_stratum = [units[position] for position in positions[stratum]]
        dealt = _deal(of_stratum, shares, owed)
        for position, part in zip(positions[stratum], dealt, strict=True):
            parts[position] = part
        owed = _still_owed(of_stratum, shares, owed, dealt)
    return parts


def _deal(units: Sequence[np.ndarray], ratios: Mapping[str, float], owed: Mapping[str, float]) -> list[str]:
    """A part for each unit: always the one that lacks the most images of its share."""
    lacking = _shares(sum(len(unit) for unit in units), ratios, owed)
    dealt = []
    for unit in units:
        part = max(lacking, key=lambda name: (lacking[name], owed[name]))
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
    received = dict.fromkeys(ratios, 0)
    for unit, part in zip(units, dealt, strict=True):
        received[part] += len(unit)
    images = sum(received.values())
    return {part: owed[part] + images * ratios[part] - received[part] for part in ratios}
