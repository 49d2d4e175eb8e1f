"""What is said about a split before anything is trained."""

import numpy as np
import pytest

from core.split import Assignment, Split, assign, split_problems
from tests.core.split.tables import table_of

NAMES = ["고양이", "dog", "fox"]

TRAIN, VALIDATION, TEST = "train", "validation", "test"

SAID = [
    ([TRAIN, VALIDATION, TEST], [0, 0, 0], []),
    ([TRAIN, TRAIN, TEST], [0, 0, 0], ["error: No image is left for validation"]),
    ([VALIDATION, VALIDATION, TEST], [0, 0, 0], ["error: No image is left for training"]),
    ([TRAIN, VALIDATION], [0, 0], ["warning: No image is left for the test set"]),
    ([TEST], [0], ["error: No image is left for training", "error: No image is left for validation"]),
    (
        [TRAIN, VALIDATION, TEST, TRAIN],
        [0, 0, 0, 1],
        ["warning: The class dog has too few images for three parts (1): missing in Validation and Test."],
    ),
    (
        [TRAIN, VALIDATION, TEST, TEST, TRAIN],
        [1, 1, 1, 0, 0],
        ["warning: The class 고양이 has too few images for three parts (2): missing in Validation."],
    ),
    (
        [TRAIN, VALIDATION, TEST, TRAIN, TRAIN, VALIDATION],
        [1, 1, 1, 2, 2, 2],
        ["warning: The class fox (3 images) has none in Test. Add images of it, or raise that share."],
    ),
    (
        [TRAIN, VALIDATION, TEST, VALIDATION, VALIDATION, VALIDATION],
        [1, 1, 1, 2, 2, 2],
        ["warning: The class fox (3 images) has none in Training and Test."],
    ),
    ([TRAIN, VALIDATION, TRAIN, VALIDATION], [0, 0, 1, 1], ["warning: No image is left for the test set"]),
]


@pytest.mark.parametrize(("parts", "labels", "said"), SAID)
def test_what_a_split_leaves_out_is_said(parts: list[str], labels: list[int], said: list[str]) -> None:
    problems = split_problems(Assignment(np.array(parts)), NAMES, labels)

    sentences = [f"{problem.severity}: {problem.message}" for problem in problems]
    assert [sentence[: len(words)] for sentence, words in zip(sentences, said, strict=True)] == said


@pytest.mark.parametrize("images_of_the_thin_class", [1, 2])
def test_a_class_too_small_for_three_parts_is_said_before_training(images_of_the_thin_class: int) -> None:
    labels = [0] * 20 + [1] * images_of_the_thin_class
    assignment = assign(Split(), table_of(labels))

    (problem,) = split_problems(assignment, NAMES, labels)

    assert f"The class dog has too few images for three parts ({images_of_the_thin_class})" in str(problem.message)
    assert not problem.forbids_training


def test_a_good_split_has_no_problem() -> None:
    labels = [0] * 20 + [1] * 20

    assert split_problems(assign(Split(), table_of(labels)), NAMES, labels) == ()
