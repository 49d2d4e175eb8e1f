import math

import pytest
from hypothesis import given
from pydantic import ValidationError

from core.split import PARTS, Split
from tests.core.split.tables import splits


@given(splits())
def test_whole_percents_that_sum_to_100_are_accepted(split: Split) -> None:
    assert list(split.ratios) == list(PARTS)
    assert sum(split.ratios.values()) == pytest.approx(1)


REFUSED = [
    {"train": 0.8},
    {"train": 0.7, "validation": 0.1, "test": 0.1},
    {"train": 1.2, "validation": -0.1, "test": -0.1},
    {"train": math.nan},
    {"train": math.inf},
    {"train": "0.7"},
    {"seed": -1},
    {"seed": 2**32},
    {"seed": 1.0},
    {"stratify": 1},
    {"keep_together": "near"},
    {"shuffle": True},
]


@pytest.mark.parametrize("settings", REFUSED, ids=str)
def test_what_is_no_split_is_refused(settings: dict) -> None:
    with pytest.raises(ValidationError):
        Split(**settings)


def test_the_default_is_that_of_the_recipe_file() -> None:
    assert Split().model_dump() == {
        "train": 0.7, "validation": 0.15, "test": 0.15, "seed": 0, "stratify": True, "keep_together": "exact",
    }  # fmt: skip


def test_a_split_cannot_be_changed_in_place() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Split().seed = 1
