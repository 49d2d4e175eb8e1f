import numpy as np
import pandas as pd
import pytest

from core.evaluation.mistakes.training_twins import training_twins
from core.quality.clusters import clusters_of
from core.split import Assignment

IMAGES = pd.DataFrame({"pixel_hash": ["a", "a", "a", "b", "c", "d"]})
PARTS = Assignment(np.array(["validation", "train", "test", "train", "train", "train"]))
# 0 looks like 3, which looks like 4; the exact copies 1 and 2 are paired with 0, the first of them.
PAIRS = pd.DataFrame(
    [(0, 1, 1.0), (0, 2, 1.0), (0, 3, 0.997), (3, 4, 0.996)], columns=["first", "second", "similarity"]
)


def twins(row, pairs=PAIRS):
    clusters = None if pairs is None else clusters_of(pairs, len(IMAGES))
    return [tuple(each) for each in training_twins(row, PARTS, IMAGES, pairs, clusters).itertuples(index=False)]


def test_without_a_search_only_the_same_pixels_are_twins():
    assert twins(0, pairs=None) == [(1, 1.0)]


def test_look_alikes_follow_the_most_similar_first_and_those_by_way_of_others_last():
    (same, alike, by_others) = twins(0)
    assert (same, alike) == ((1, 1.0), (3, 0.997))
    assert by_others == (4, pytest.approx(np.nan, nan_ok=True))


def test_a_copy_finds_its_copies_although_pairs_name_the_first_only():
    assert twins(2)[0] == (1, 1.0)
    assert [row for row, _ in twins(2)] == [1, 3, 4]


def test_an_image_like_no_other_has_no_twin_and_none_is_its_own():
    assert twins(5) == []
    assert [row for row, _ in twins(1)] == [3, 4]
