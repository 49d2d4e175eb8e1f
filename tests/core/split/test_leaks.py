import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.quality.clusters import clusters_of
from core.split import Assignment, Split, assign, leak_report, leaking_images
from tests.core.split.tables import splits, table_of, tables

PARTS = ["train", "validation", "test", "validation", "test", "train", "train", "train"]


def look_alikes(*rows: tuple[int, int, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["first", "second", "similarity"])


@st.composite
def some_look_alikes(draw: st.DrawFn, images: int) -> pd.DataFrame:
    pairs = draw(st.sets(st.tuples(st.integers(0, images - 1), st.integers(0, images - 1)), max_size=20))
    return look_alikes(*((first, second, 0.99) for first, second in sorted(pairs) if first < second))


def are_alike(split: Split, images: pd.DataFrame, clusters: list[set[int]], row: int, other: int) -> bool:
    one, two = images.iloc[row], images.iloc[other]
    is_of_group = split.keep_together == "group" and one["group"] == two["group"] != ""
    is_connected = any({row, other} <= cluster for cluster in clusters)
    return is_of_group or is_connected or one["pixel_hash"] == two["pixel_hash"]


def connected(pairs: pd.DataFrame) -> list[set[int]]:
    """The clusters of ``pairs``, grown one pair at a time."""
    clusters: list[set[int]] = []
    for pair in zip(pairs["first"], pairs["second"], strict=True):
        touched = [cluster for cluster in clusters if cluster & set(pair)]
        clusters = [cluster for cluster in clusters if cluster not in touched] + [set(pair).union(*touched)]
    return clusters


def counted_one_by_one(split: Split, assignment: Assignment, images: pd.DataFrame, pairs: pd.DataFrame) -> int:
    known = connected(pairs)
    return sum(
        any(are_alike(split, images, known, row, other) for other in assignment.rows("train"))
        for part in ("validation", "test")
        for row in assignment.rows(part)
    )


@given(splits(), tables(largest=20), st.data())
def test_the_report_counts_what_is_counted_one_by_one(split: Split, images: pd.DataFrame, data) -> None:
    pairs = data.draw(some_look_alikes(len(images)))
    clusters = clusters_of(pairs, len(images))

    report = leak_report(split, images, pairs)

    scattered = assign(split.model_copy(update={"keep_together": "nothing"}), images)
    assert report.before == counted_one_by_one(split, scattered, images, pairs)
    assert report.after == counted_one_by_one(split, assign(split, images, clusters), images, pairs)


@given(splits(keep_together="near"), tables(largest=30), st.data())
def test_nothing_leaks_where_look_alikes_are_kept_together(split: Split, images: pd.DataFrame, data) -> None:
    assert leak_report(split, images, data.draw(some_look_alikes(len(images)))).after == 0


@pytest.mark.parametrize("keep_together", ["exact", "near"])
def test_without_pairs_images_are_alike_that_have_the_same_pixels(keep_together: str) -> None:
    images = table_of([0] * 40, [f"pixels {row // 2}" for row in range(40)])

    report = leak_report(Split(keep_together=keep_together), images)

    assert report.clusters == 20
    assert report.before > 0
    assert report.after == 0


CLUSTERS = [
    ([], 2),
    ([(2, 3, 0.9)], 2),
    ([(0, 3, 0.9)], 1),
    ([(5, 6, 0.9)], 3),
    ([(3, 5, 0.9), (5, 6, 0.9)], 2),
]


@pytest.mark.parametrize(("pairs", "clusters"), CLUSTERS)
def test_clusters_are_what_pairs_and_pixels_connect(pairs: list[tuple[int, int, float]], clusters: int) -> None:
    images = table_of([0] * 7, list("aabbbcd"))

    assert leak_report(Split(), images, look_alikes(*pairs)).clusters == clusters


def test_only_validation_and_test_images_with_a_twin_in_training_leak() -> None:
    images = table_of([0] * 8, list("aaabbcdd"))

    leaking = leaking_images(Split(), Assignment(np.array(PARTS)), images)

    assert leaking.to_dict("records") == [
        {"position": 1, "part": "validation", "twin": 0, "similarity": 1.0},
        {"position": 2, "part": "test", "twin": 0, "similarity": 1.0},
    ]


def test_each_leaking_image_is_shown_with_the_most_similar_one_in_training() -> None:
    pairs = look_alikes((0, 1, 0.97), (1, 5, 0.99), (2, 3, 0.99), (4, 7, 0.98), (0, 4, 0.98), (5, 6, 1.0))

    leaking = leaking_images(Split(), Assignment(np.array(PARTS)), table_of([0] * 8), pairs)

    assert leaking.to_numpy().tolist() == [[1, "validation", 5, 0.99], [4, "test", 0, 0.98]]


def test_images_of_one_group_leak_where_groups_are_kept_together() -> None:
    images = table_of([0] * 8, group=["p", "p", "", "", "q", "q", "", ""])
    assignment = Assignment(np.array(PARTS))

    leaking = leaking_images(Split(keep_together="group"), assignment, images)

    assert leaking[["position", "twin"]].to_numpy().tolist() == [[1, 0], [4, 5]]
    assert leaking["similarity"].map(math.isnan).all()
    assert leaking_images(Split(), assignment, images).empty


def test_a_group_that_came_divided_is_reported() -> None:
    images = table_of([0] * 8, group=["p", "p", "", "", "q", "q", "", ""], given_part=PARTS)

    report = leak_report(Split(keep_together="group", given=True), images)

    assert (report.clusters, report.before, report.after) == (2, 2, 2)
