"""How much each class counts: scikit-learn is the oracle for what is balanced."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.utils.class_weight import compute_class_weight

from core.errors import RecipeError
from core.objective import weights_of

NAMES = ["cat", "dog", "fish"]


@given(st.lists(st.integers(1, 500), min_size=1, max_size=12))
def test_balanced_weights_are_those_of_sklearn(counts: list[int]) -> None:
    labels = np.repeat(np.arange(len(counts)), counts)
    expected = compute_class_weight("balanced", classes=np.arange(len(counts)), y=labels)

    assert weights_of("balanced", [f"class {label}" for label in range(len(counts))], counts) == pytest.approx(expected)


def test_a_class_without_training_images_does_not_move_the_others() -> None:
    """30 images in 2 classes: 30 ÷ (2 × 10) and 30 ÷ (2 × 20)."""
    assert weights_of("balanced", NAMES, [10, 0, 20]) == (1.5, 1.0, 0.75)


def test_weights_by_name_come_in_the_order_of_the_classes() -> None:
    assert weights_of({"fish": 0.5, "cat": 3.0}, NAMES, [1, 1, 1]) == (3.0, 1.0, 0.5)
    assert weights_of({}, NAMES, [1, 1, 1]) == (1.0, 1.0, 1.0)
    assert weights_of(None, NAMES, [1, 1, 1]) is None


UNKNOWN = [
    (NAMES, "cats", "names the class cats, which these images do not have. Did you mean cat?"),
    (NAMES, "boat", "names the class boat, which these images do not have. Their classes: cat, dog, fish."),
    ([str(digit) for digit in range(20)], "boat", "Their classes: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …."),
]


@pytest.mark.parametrize(("names", "unknown", "words"), UNKNOWN)
def test_a_class_that_is_not_there_is_told(names: Sequence[str], unknown: str, words: str) -> None:
    with pytest.raises(RecipeError) as refused:
        weights_of({names[0]: 2.0, unknown: 2.0}, names, [1] * len(names))

    assert words in str(refused.value)
