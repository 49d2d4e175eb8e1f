from dataclasses import replace

import pytest

from core.evaluation.figures.chosen_by import chosen_by
from core.objective.monitoring import EarlyStopping
from core.runs.states import RunState
from tests.core.runs.builders import make_recipe
from tests.ui.example_runs import RUN

STOPPED_EARLY = make_recipe().model_copy(
    update={"training": make_recipe().training.model_copy(update={"early_stopping": EarlyStopping()})}
)


WHOLE = replace(RUN, recipe=make_recipe(), state=RunState.COMPLETED, epoch=3)
"""A run that has done all its three epochs."""


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"kept_epoch": 2}, "The net of epoch 2 was kept, as the best on these images."),
        ({"kept_epoch": 1, "epoch": 1}, None),
        ({"recipe": STOPPED_EARLY, "epoch": 2}, "These images told when to stop the training."),
        ({"recipe": STOPPED_EARLY}, None),
    ],
)
def test_what_was_chosen_by_the_validation_images_is_said(change, reason):
    changed = replace(WHOLE, **change)
    caution = chosen_by(changed, [changed])
    if reason is None:
        assert caution is None
    else:
        assert str(caution).startswith(f"{reason} So this figure flatters: expect less on new images.")


@pytest.mark.parametrize(
    ("other", "is_said"),
    [
        ({}, True),
        ({"state": RunState.FAILED}, False),
        ({"dataset_id": "another"}, False),
        ({"recipe": make_recipe(split="train: 0.4, validation: 0.4, test: 0.2")}, False),
    ],
)
def test_other_trained_runs_on_the_same_images_can_be_chosen_from(other, is_said):
    caution = chosen_by(WHOLE, [WHOLE, replace(WHOLE, **other)])
    assert (caution is not None and "2 runs of this project can be compared" in str(caution)) == is_said


def test_several_reasons_are_told_one_after_the_other():
    kept = replace(WHOLE, kept_epoch=2)
    assert "best on these images. 3 runs of this project" in str(chosen_by(kept, [kept] * 3))
