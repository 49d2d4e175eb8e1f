"""What is said where images cannot be dealt out as the split wishes."""

import numpy as np
import pandas as pd
import pytest

from core.split import Split, assign, split_problems
from tests.core.split.tables import table_of

NAMES = ["고양이", "dog"]


def said(split: Split, images: pd.DataFrame, clusters: np.ndarray | None = None) -> list[str]:
    assignment = assign(split, images, clusters)
    problems = split_problems(assignment, NAMES, images["label"], split, images, clusters)
    return [f"{problem.severity}: {problem.message}" for problem in problems]


def images_of(count: int, **columns) -> pd.DataFrame:
    return table_of([row % 2 for row in range(count)], **columns)


PATIENTS = [f"patient {row // 10}" for row in range(100)]
GIVEN = ["train"] * 60 + ["validation"] * 20 + ["test"] * 20
BY_NAME = {"keep_together": "group", "group_pattern": "{group}_*"}
BY_COLUMN = {"keep_together": "group"}

PROBLEMS = [
    (Split(), images_of(100), []),
    (Split(**BY_COLUMN), images_of(100, group=PATIENTS), []),
    (Split(given=True), images_of(100, given_part=GIVEN), []),
    (Split(folds=5), images_of(100), []),
    (Split(keep_together="near"), images_of(100), ["error: It is not known yet which of these images look alike."]),
    (Split(**BY_NAME), images_of(100), ["error: No image is called like {group}_*, so there are no groups"]),
    (Split(**BY_COLUMN), images_of(100), ["error: No image came with a group"]),
    (Split(**BY_COLUMN), images_of(100, group=["", *PATIENTS[1:]]), ["warning: 1 image is of no group"]),
    (Split(**BY_COLUMN), images_of(100, group=[""] * 20 + PATIENTS[20:]), ["warning: 20 images are of no group"]),
    (Split(given=True), images_of(100), ["error: No image came with a part."]),
    (Split(given=True), images_of(100, given_part=["", *GIVEN[1:]]), ["warning: 1 image came without a part"]),
    (
        Split(given=True),
        images_of(100, given_part=["train"] * 80 + ["test"] * 20),
        ["warning: No image came for this part: Validation. A share of the training images is taken for it."],
    ),
    (
        Split(given=True, train=0.8, validation=0.0, test=0.2),
        images_of(100, given_part=["train"] * 80 + ["test"] * 20),
        [
            "error: No image is left for validation",
            "warning: No image came for this part: Validation. Raise its share to take some of the training images.",
        ],
    ),
    (Split(given=True, folds=5), images_of(100, given_part=["train"] * 80 + ["test"] * 20), []),
    (
        Split(**BY_COLUMN),
        images_of(100, group=["large"] * 90 + [f"small {row}" for row in range(10)]),
        [
            "warning: The images that are kept together with class 0/0.png are 90, more than a part should have: "
            "Training has 90 instead of 70 images.",
        ],
    ),
    (Split(**BY_COLUMN), images_of(100, group=["large"] * 60 + [f"small {row}" for row in range(40)]), []),
    (
        Split(**BY_COLUMN, folds=5),
        table_of([0] * 90 + [1] * 10, group=[f"patient {row // 5}" for row in range(100)]),
        [
            "warning: The class dog is in 2 groups for 5 folds, so some validate without it. Take fewer folds.",
            "warning: The class dog (10 images) has none in Validation and Test.",
        ],
    ),
    (
        Split(folds=5, train=0.9, validation=0.1, test=0.0),
        table_of([0] * 96 + [1] * 4),
        [
            "warning: No image is left for the test set",
            "warning: The class dog has 4 images for 5 folds, so some validate without it. Take fewer folds.",
            "warning: The class dog (4 images) has none in Validation.",
        ],
    ),
]


@pytest.mark.parametrize(("split", "images", "expected"), PROBLEMS)
def test_what_stands_in_the_way_is_said(split: Split, images: pd.DataFrame, expected: list[str]) -> None:
    sentences = said(split, images)

    assert [sentence[: len(words)] for sentence, words in zip(sentences, expected, strict=True)] == expected


def test_look_alikes_that_are_known_are_no_problem() -> None:
    assert said(Split(keep_together="near"), images_of(100), np.arange(100)) == []


def test_numbers_have_no_classes_to_miss() -> None:
    images = table_of([0] * 30, value=range(30))

    assert split_problems(assign(Split(folds=5), images), [], images["label"], Split(folds=5), images) == ()
