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
    {"keep_together": "similar"},
    {"group_pattern": "*.png"},
    {"group_pattern": "{group}_{group}.png"},
    {"group_pattern": "{group}*.png"},
    {"group_pattern": "{group}" + "x" * 200},
    {"group_pattern": None},
    {"given": 1},
    {"folds": 1},
    {"folds": 21},
    {"folds": -1},
    {"folds": 5.0},
    {"folds": 5, "fold": 5},
    {"fold": 1},
    {"folds": 5, "fold": -1},
    {"shuffle": True},
]


@pytest.mark.parametrize("settings", REFUSED, ids=str)
def test_what_is_no_split_is_refused(settings: dict) -> None:
    with pytest.raises(ValidationError):
        Split(**settings)


def test_the_default_is_that_of_the_recipe_file() -> None:
    assert Split().model_dump() == {
        "train": 0.7, "validation": 0.15, "test": 0.15, "seed": 0, "stratify": True, "keep_together": "exact",
        "group_pattern": "", "given": False, "folds": 0, "fold": 0,
    }  # fmt: skip


ACCEPTED = [
    {"keep_together": "near"},
    {"keep_together": "group", "group_pattern": "{group}_*.png"},
    {"given": True},
    {"folds": 2, "fold": 1},
    {"folds": 20, "fold": 19},
]


@pytest.mark.parametrize("settings", ACCEPTED, ids=str)
def test_what_is_a_split_is_accepted(settings: dict) -> None:
    split = Split(**settings)

    assert Split.model_validate_json(split.model_dump_json()) == split


TEST_SETTINGS = [
    ({}, True),
    ({"folds": 5, "fold": 3}, True),
    ({"seed": 1}, False),
    ({"given": True}, False),
    ({"keep_together": "group", "group_pattern": "{group}_*"}, False),
]


@pytest.mark.parametrize(("settings", "are_the_same"), TEST_SETTINGS, ids=str)
def test_what_chooses_the_test_images_is_as_it_was_before_there_were_folds(settings: dict, are_the_same: bool) -> None:
    older = {"train": 0.7, "validation": 0.15, "test": 0.15, "seed": 0, "stratify": True, "keep_together": "exact"}

    assert (Split(**settings).test_settings == older) is are_the_same


def test_a_split_cannot_be_changed_in_place() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Split().seed = 1
