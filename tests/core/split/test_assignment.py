"""Every image in exactly one part, in the shares that were asked for, the same everywhere and for ever."""

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.model_selection import StratifiedShuffleSplit

from core.split import PARTS, Assignment, Split, assign, read_assignment, write_assignment
from tests.core.split.tables import splits, table_of, tables

COUNTS = [
    (1_000, {"train": 0.7, "validation": 0.15, "test": 0.15}, [700, 150, 150]),
    (10, {"train": 0.7, "validation": 0.2, "test": 0.1}, [7, 2, 1]),
    (10, {"train": 0.7, "validation": 0.15, "test": 0.15}, [7, 2, 1]),
    (3, {"train": 0.7, "validation": 0.15, "test": 0.15}, [2, 1, 0]),
    (1, {"train": 0.7, "validation": 0.15, "test": 0.15}, [1, 0, 0]),
    (2, {"train": 0.5, "validation": 0.5, "test": 0.0}, [1, 1, 0]),
    (7, {"train": 1.0, "validation": 0.0, "test": 0.0}, [7, 0, 0]),
    (7, {"train": 0.0, "validation": 0.0, "test": 1.0}, [0, 0, 7]),
    (100, {"train": 0.333333, "validation": 0.333333, "test": 0.333334}, [33, 33, 34]),
]


@pytest.mark.parametrize(("images", "ratios", "counts"), COUNTS)
def test_parts_get_their_shares_by_the_largest_remainder(images: int, ratios: dict, counts: list[int]) -> None:
    for stratify in (True, False):
        assignment = assign(Split(**ratios, stratify=stratify), table_of([0] * images))

        assert assignment.counts() == dict(zip(PARTS, counts, strict=True))


# What rounding takes from a part in one class, it gets back in the next: at 70/15/15, ten images are 7, 1.5 and 1.5.
MANY_SMALL_CLASSES = [(26, 10, [182, 39, 39]), (100, 3, [210, 45, 45]), (100, 2, [140, 30, 30]), (20, 1, [14, 3, 3])]


@pytest.mark.parametrize(("classes", "images_per_class", "counts"), MANY_SMALL_CLASSES)
def test_rounding_within_classes_does_not_add_up(classes: int, images_per_class: int, counts: list[int]) -> None:
    labels = [label for label in range(classes) for _ in range(images_per_class)]

    assert list(assign(Split(), table_of(labels)).counts().values()) == counts


def test_pairs_of_twins_in_many_classes_do_not_starve_a_part() -> None:
    labels = [label for label in range(100) for _ in range(6)]
    pairs = [f"pair {row // 2}" for row in range(600)]

    assert list(assign(Split(), table_of(labels, pairs)).counts().values()) == [420, 90, 90]


@given(splits(), tables())
def test_every_image_is_in_exactly_one_part(split: Split, images: pd.DataFrame) -> None:
    assignment = assign(split, images)

    rows = np.concatenate([assignment.rows(part) for part in PARTS])
    assert sorted(rows) == list(range(len(images)))
    assert sum(assignment.counts().values()) == len(images)
    assert set(assignment.parts) <= {part for part, ratio in split.ratios.items() if ratio > 0}


@given(splits(), tables(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(split: Split, images: pd.DataFrame, random) -> None:
    order = list(range(len(images)))
    random.shuffle(order)

    shuffled = assign(split, images.iloc[order].reset_index(drop=True))

    assert shuffled.parts.tolist() == assign(split, images).parts[order].tolist()
    assert assign(split, images).parts.tolist() == assign(split, images).parts.tolist()


@given(splits(keep_together="exact"), tables())
def test_twins_are_never_parted(split: Split, images: pd.DataFrame) -> None:
    parts = pd.Series(assign(split, images).parts)

    assert (parts.groupby(images["pixel_hash"]).nunique() == 1).all()


@given(splits(keep_together="group"), tables())
def test_groups_are_never_parted(split: Split, images: pd.DataFrame) -> None:
    parts = pd.Series(assign(split, images).parts)

    assert (parts.groupby(images["group"].replace("", np.nan)).nunique() == 1).all()


@given(splits(keep_together="near"), tables(), st.randoms(use_true_random=False))
def test_look_alikes_and_twins_are_never_parted(split: Split, images: pd.DataFrame, random) -> None:
    clusters = np.array([random.randrange(20) for _ in range(len(images))])

    parts = pd.Series(assign(split, images, clusters).parts)

    assert (parts.groupby(clusters).nunique() == 1).all()
    assert (parts.groupby(images["pixel_hash"]).nunique() == 1).all()


@given(splits(keep_together="near"), tables())
def test_look_alikes_that_are_not_known_are_those_with_the_same_pixels(split: Split, images: pd.DataFrame) -> None:
    parts = pd.Series(assign(split, images).parts)

    assert (parts.groupby(images["pixel_hash"]).nunique() == 1).all()


@given(splits(keep_together="near"), tables(), st.randoms(use_true_random=False))
def test_what_clusters_are_called_does_not_matter(split: Split, images: pd.DataFrame, random) -> None:
    clusters = np.array([random.randrange(20) for _ in range(len(images))])
    names = random.sample(range(1_000), 20)
    order = random.sample(range(len(images)), len(images))

    shuffled = assign(split, images.iloc[order].reset_index(drop=True), np.array(names)[clusters[order]])

    assert shuffled.parts.tolist() == assign(split, images, clusters).parts[order].tolist()


@given(splits(stratify=True, keep_together="nothing"), tables(twins=False))
def test_each_class_gets_its_share_to_within_one_image(split: Split, images: pd.DataFrame) -> None:
    parts = assign(split, images).parts

    for _, rows in images.groupby("label"):
        counts = Counter(parts[rows.index])
        for part, ratio in split.ratios.items():
            assert abs(counts[part] - ratio * len(rows)) < 1


@given(splits(keep_together="nothing"), tables(twins=False))
def test_each_part_gets_its_share_of_all_images(split: Split, images: pd.DataFrame) -> None:
    for part, images_in_part in assign(split, images).counts().items():
        assert abs(images_in_part - split.ratios[part] * len(images)) < (2 if split.stratify else 1)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("sizes", [(50, 50), (40, 13, 7), (100, 31, 9, 10), (10,) * 10])
def test_counts_per_class_are_those_of_scikit_learn_to_within_one(sizes: tuple[int, ...], seed: int) -> None:
    labels = np.repeat(np.arange(len(sizes)), sizes)
    assignment = assign(Split(seed=seed), table_of(labels))

    for part in PARTS:
        inside = assignment.counts()[part]
        theirs = StratifiedShuffleSplit(1, train_size=inside, test_size=len(labels) - inside, random_state=seed)
        their_rows, _ = next(theirs.split(labels, labels))
        ours = np.bincount(labels[assignment.rows(part)], minlength=len(sizes))
        assert abs(ours - np.bincount(labels[their_rows], minlength=len(sizes))).max() <= 1


def test_another_seed_gives_another_split() -> None:
    images = table_of([0] * 50)
    splits_seen = {tuple(assign(Split(seed=seed), images).parts) for seed in range(20)}

    assert len(splits_seen) == 20


def test_each_image_is_as_likely_as_any_other_to_be_tested_on() -> None:
    """400 seeds, 20 images, a fifth for testing: 80 each on average, with a standard deviation of 8."""
    images = table_of([0] * 20)
    split = Split(train=0.6, validation=0.2, test=0.2)
    tested = np.zeros(20)
    for seed in range(400):
        tested[assign(split.model_copy(update={"seed": seed}), images).rows("test")] += 1

    assert tested.min() > 40
    assert tested.max() < 120


# Worked once. A change here changes every split that users have made: do not mend it, find out why.
PINNED = {
    "stratified": (Split(seed=0), "VSTSTTTTTSTTTTTVTVTTTTTSTVTT"),
    "another seed": (Split(seed=1), "VVSTSTTTTTTTTTTTTTSTTSTVVTTT"),
    "not stratified": (Split(seed=0, stratify=False), "TSVVVTTTSSTTTTTTTTTTTSTTTVTT"),
    "scattered": (Split(seed=0, keep_together="nothing"), "VTVSTSTSTVTTTVTTTTTTTTTTTSTT"),
    "halves": (Split(train=0.5, validation=0.25, test=0.25, seed=7), "VVSSVTTVSSSTTTTSTTVTTTTVVSTT"),
}
PINNED_GROUPS = Split(keep_together="group", group_pattern="{group}_*", seed=3)
PINNED_BY_GROUPS = (
    "TTTTTVTTSTTTSVSTVTTTTTTTTSTVTTSTSTTVTVTTTTTTTVTTSTTTSVSTVTTTTTTTTSTVTTSTSTTVTVTTTTTTTVTTSTTTSVSTVTTT"
)
LETTERS = {"train": "T", "validation": "V", "test": "S"}


def pinned_images() -> pd.DataFrame:
    """28 images of three classes, one with a Korean name; the pixels of every seventh are those of the one before."""
    labels = [row % 3 for row in range(28)]
    images = table_of(labels, [f"pixels {row - (row % 7 == 6)}" for row in range(28)])
    images["path"] = [f"{('cat', 'dog', '여우')[label]}/{row:03}.png" for row, label in enumerate(labels)]
    return images


@pytest.mark.parametrize(("split", "expected"), PINNED.values(), ids=PINNED)
def test_the_split_never_changes_between_versions(split: Split, expected: str) -> None:
    parts = assign(split, pinned_images()).parts

    assert "".join(LETTERS[part] for part in parts) == expected


def test_the_split_by_groups_never_changes_between_versions() -> None:
    """40 groups of one to four images of three classes."""
    images = table_of([(row * row) % 3 for row in range(100)])
    images["path"] = [f"{row * 7 % 40}_{row}.png" for row in range(100)]

    parts = assign(PINNED_GROUPS, images).parts

    assert "".join(LETTERS[part] for part in parts) == PINNED_BY_GROUPS


def test_counts_per_class_name_every_class_and_part() -> None:
    assignment = Assignment(np.array(["train", "train", "test", "train"]))

    table = assignment.counts_per_class(["개", "cat", "fox"], [0, 1, 1, 1])

    assert list(table.columns) == ["class_name", "part", "images"]
    assert table.to_numpy().tolist() == [
        ["개", "train", 1], ["개", "validation", 0], ["개", "test", 0],
        ["cat", "train", 2], ["cat", "validation", 0], ["cat", "test", 1],
        ["fox", "train", 0], ["fox", "validation", 0], ["fox", "test", 0],
    ]  # fmt: skip


def test_the_numbers_of_a_regression_stand_in_the_file_as_labels(tmp_path: Path) -> None:
    images = table_of([0] * 4, value=[0.1, -2.0, 1e-9, 12345.678])
    images["class_name"] = ""

    write_assignment(assign(Split(), images), images, tmp_path / "split.csv")

    table = pd.read_csv(tmp_path / "split.csv")
    assert table["label"].tolist() == [0.1, -2.0, 1e-9, 12345.678]
    assert table["split"].tolist() == read_assignment(tmp_path / "split.csv").parts.tolist()


NAMES = ["고양이", "a, b", 'say "cheese"', "two\nlines", "back\rto the start", "NA", "007", " spaces ", "😀", "=1+1"]


def test_a_split_survives_its_csv_file(tmp_path: Path) -> None:
    images = table_of(range(len(NAMES)))
    images["path"] = [f"{name}/{name}.png" for name in NAMES]
    images["class_name"] = NAMES
    assignment = assign(Split(stratify=False), images)
    path = tmp_path / "나누기.csv"

    write_assignment(assignment, images, path)

    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["path", "label", "split"]
    assert rows[1:] == [[f"{name}/{name}.png", name, part] for name, part in zip(NAMES, assignment.parts, strict=True)]
    assert read_assignment(path).parts.tolist() == assignment.parts.tolist()
    assert list(tmp_path.iterdir()) == [path]


def test_a_written_split_replaces_the_one_before(tmp_path: Path) -> None:
    images = table_of([0] * 4)
    path = tmp_path / "split.csv"
    for part in ("train", "test"):
        write_assignment(Assignment(np.array([part] * 4)), images, path)

    assert read_assignment(path).counts() == {"train": 0, "validation": 0, "test": 4}
