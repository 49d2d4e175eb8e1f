"""Groups of mixed classes are dealt out at least as evenly as scikit-learn does it."""

import warnings

import numpy as np
import pytest
from sklearn.model_selection import StratifiedGroupKFold

from core.split.balancing import balanced

# How many groups, the most images in one, how many classes, and how much each group is of one class: the parameter of a
# Dirichlet distribution, where 0 is groups of one class each.
SETS = {
    "patients": (40, 40, 3, 0.5),
    "few": (12, 60, 2, 1.0),
    "many": (400, 12, 10, 0.2),
    "one class each": (150, 20, 5, 0.0),
}
SEEDS = range(4)
THREE_PARTS = {"train": 0.7, "validation": 0.15, "test": 0.15}


def drawn(name: str, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The label and the group of each image."""
    groups, largest, classes, concentration = SETS[name]
    random = np.random.default_rng(seed)
    labels, of_group = [], []
    for group in range(groups):
        mix = random.dirichlet([concentration] * classes) if concentration else np.eye(classes)[group % classes]
        images = random.integers(1, largest + 1)
        labels += random.choice(classes, images, p=mix).tolist()
        of_group += [group] * int(images)
    return np.array(labels), np.array(of_group)


def ours(labels: np.ndarray, groups: np.ndarray, shares: dict[str, float]) -> np.ndarray:
    """The part of each image."""
    units = sorted((np.flatnonzero(groups == group) for group in np.unique(groups)), key=len, reverse=True)
    parts = np.empty(len(labels), dtype="<U10")
    for unit, part in zip(units, balanced(units, labels, shares), strict=True):
        parts[unit] = part
    return parts


def theirs(labels: np.ndarray, groups: np.ndarray, folds: int, seed: int) -> np.ndarray:
    """The fold of each image."""
    parts = np.empty(len(labels), dtype=int)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a class has fewer images than there are folds
        splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
        for fold, (_, rows) in enumerate(splitter.split(labels, labels, groups)):
            parts[rows] = fold
    return parts


def largest_deviation(labels: np.ndarray, parts: np.ndarray) -> float:
    """Of a class in a part from its share in all images, in percentage points."""
    whole = np.bincount(labels) / len(labels)
    found = (np.bincount(labels[parts == part], minlength=len(whole)) for part in np.unique(parts))
    return max(100 * abs(counts / counts.sum() - whole).max() for counts in found)


@pytest.mark.parametrize("name", SETS)
def test_folds_deviate_no_more_than_those_of_scikit_learn(name: str) -> None:
    sets = [drawn(name, seed) for seed in SEEDS]
    shares = {str(fold): 0.2 for fold in range(5)}

    we = np.mean([largest_deviation(labels, ours(labels, groups, shares)) for labels, groups in sets])
    they = np.mean(
        [
            largest_deviation(labels, theirs(labels, groups, 5, seed))
            for seed, (labels, groups) in zip(SEEDS, sets, strict=True)
        ]
    )

    assert we <= they


@pytest.mark.parametrize("name", [name for name in SETS if name != "few"])
def test_three_parts_deviate_no_more_than_twenty_of_scikit_learns_folds_put_together(name: str) -> None:
    """Which has folds of one size only: 14, 3 and 3 of 20 make 70, 15 and 15 %."""
    sets = [drawn(name, seed) for seed in SEEDS]

    we = np.mean([largest_deviation(labels, ours(labels, groups, THREE_PARTS)) for labels, groups in sets])
    they = np.mean(
        [
            largest_deviation(labels, np.digitize(theirs(labels, groups, 20, seed), [14, 17]))
            for seed, (labels, groups) in zip(SEEDS, sets, strict=True)
        ]
    )

    assert we <= they


@pytest.mark.parametrize("seed", SEEDS)
def test_parts_come_close_to_their_shares(seed: int) -> None:
    labels, groups = drawn("patients", seed)

    parts = ours(labels, groups, THREE_PARTS)

    for part, share in THREE_PARTS.items():
        assert abs((parts == part).mean() - share) < 0.02


# The best of all ways, tried by hand: the measure is the sum of (found − expected)² / expected.
WORKED = [
    ([[0, 0], [0, 0], [1, 1], [1, 1]], {"a": 0.5, "b": 0.5}, [{0, 1}, {0, 1}]),
    ([[0, 1], [0, 1]], {"a": 0.5, "b": 0.5}, [{0, 1}, {0, 1}]),
    ([[0] * 4, [0] * 3, [0] * 3, [0] * 2], {"a": 0.5, "b": 0.5}, [{0}, {0}]),
]


@pytest.mark.parametrize(("units", "shares", "classes"), WORKED)
def test_a_small_set_is_dealt_out_as_well_as_it_can_be(
    units: list[list[int]], shares: dict, classes: list[set]
) -> None:
    labels = np.concatenate([np.array(unit) for unit in units])
    rows = np.split(np.arange(len(labels)), np.cumsum([len(unit) for unit in units])[:-1])

    dealt = balanced(rows, labels, shares)

    of_part = {name: np.concatenate([rows[i] for i, part in enumerate(dealt) if part == name]) for name in shares}
    assert [set(labels[of_part[name]].tolist()) for name in shares] == classes
    assert len({len(found) for found in of_part.values()}) == 1


@pytest.mark.parametrize(("groups", "expected"), [(1, 1), (2, 2), (3, 3), (4, 3), (9, 3)])
def test_no_part_is_empty_where_there_are_groups_enough(groups: int, expected: int) -> None:
    units = [np.arange(10 * group, 10 * (group + 1)) for group in range(groups)]

    assert len(set(balanced(units, np.zeros(10 * groups, dtype=int), THREE_PARTS))) == expected


def test_a_part_without_a_share_gets_nothing() -> None:
    units = [np.array([row]) for row in range(20)]

    assert set(balanced(units, np.zeros(20, dtype=int), {"train": 0.5, "validation": 0.5, "test": 0.0})) == {
        "train",
        "validation",
    }


def test_a_million_images_in_one_group_are_no_obstacle_for_whole_numbers() -> None:
    labels = np.arange(1_000_000) % 2
    units = [np.arange(600_000), np.arange(600_000, 900_000), np.arange(900_000, 1_000_000)]

    dealt = balanced(units, labels, {"train": 0.98, "validation": 0.01, "test": 0.01})

    assert dealt[0] == "train"
    assert len(set(dealt)) == 3
