"""k-fold: each image that is not for the test validates once, in folds that are as alike as can be."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.model_selection import StratifiedKFold

from core.split import Split, assign, assign_folds
from tests.core.split.tables import splits, table_of, tables


@given(splits(), tables(), st.integers(2, 20))
def test_each_image_that_is_not_for_the_test_validates_in_one_fold(split: Split, images: pd.DataFrame, folds) -> None:
    test = assign(split, images).parts == "test"
    k_fold = split.model_copy(update={"folds": folds})

    parts = np.stack([each.parts for each in assign_folds(k_fold, images)])

    assert ((parts == "validation").sum(axis=0) == np.where(test, 0, 1)).all()
    assert ((parts == "test") == test).all()
    assert ((parts == "train").sum(axis=0) == np.where(test, 0, folds - 1)).all()


@given(splits(), tables(), st.integers(2, 8), st.data())
def test_a_recipe_gets_the_fold_that_it_names(split: Split, images: pd.DataFrame, folds: int, data) -> None:
    fold = data.draw(st.integers(0, folds - 1))
    k_fold = split.model_copy(update={"folds": folds, "fold": fold})

    assert assign(k_fold, images).parts.tolist() == assign_folds(k_fold, images)[fold].parts.tolist()


@given(splits(keep_together="group"), tables(), st.integers(2, 8))
def test_a_group_is_in_one_fold(split: Split, images: pd.DataFrame, folds: int) -> None:
    for assignment in assign_folds(split.model_copy(update={"folds": folds}), images):
        parts = pd.Series(assignment.parts).groupby(images["group"].replace("", np.nan))
        assert (parts.nunique() == 1).all()


@pytest.mark.parametrize("folds", [2, 5, 10])
@pytest.mark.parametrize("sizes", [(50, 50), (40, 13, 7), (100, 31, 9, 10)])
def test_counts_per_class_are_those_of_scikit_learn_to_within_one(sizes: tuple[int, ...], folds: int) -> None:
    labels = np.repeat(np.arange(len(sizes)), sizes)
    split = Split(train=0.8, validation=0.2, test=0.0, folds=folds)
    theirs = StratifiedKFold(folds, shuffle=True, random_state=0).split(labels, labels)

    ours = [Counter(labels[each.rows("validation")]) for each in assign_folds(split, table_of(labels))]

    for (_, rows), found in zip(theirs, ours, strict=True):
        expected = Counter(labels[rows])
        assert all(abs(expected[label] - found[label]) <= 1 for label in range(len(sizes)))


def test_given_test_images_stay_and_the_others_are_dealt_into_folds() -> None:
    given_part = ["test"] * 10 + ["validation"] * 5 + ["train"] * 25
    images = table_of([0] * 40, given_part=given_part)

    folds = assign_folds(Split(given=True, folds=5), images)

    assert [each.rows("test").tolist() for each in folds] == [list(range(10))] * 5
    assert [each.counts()["validation"] for each in folds] == [6] * 5
