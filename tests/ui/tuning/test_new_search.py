"""What becomes of the form: a space, or the reason why there is none."""

from pathlib import Path

import pytest

from core.message import Message
from core.recipe import load
from core.tuning.space import Choices, Range
from ui.tuning.new_search import space_of
from ui.tuning.parameter_rows import choices_of, range_of

RECIPE = load(Path("recipes/first_cnn.yaml"))
METHOD = {"sampler": "random", "pruner": "median", "objective": "val_loss", "seed": 7}
FILTERS = Choices(choices=(8, 16))


def test_the_form_becomes_a_space():
    space = space_of({"layers.0.filters": FILTERS}, METHOD, RECIPE)
    assert space.parameters == {"layers.0.filters": FILTERS}
    assert (space.sampler, space.pruner, space.objective, space.seed) == ("random", "median", "val_loss", 7)


@pytest.mark.parametrize(
    ("parameters", "method", "reason"),
    [
        ({}, METHOD, "Choose at least one setting to search."),
        ({"layers.0.filters": None}, METHOD, "First mend what is marked above."),
        (
            {f"layers.{layer}.filters": Choices(choices=tuple(range(1, 102))) for layer in (0, 2)},
            METHOD | {"sampler": "grid"},
            "This grid has 10,201 points; at most 10,000 can be searched.",
        ),
    ],
)
def test_a_form_that_is_no_space_says_why(parameters, method, reason):
    assert str(space_of(parameters, method, RECIPE)).startswith(reason)


@pytest.mark.parametrize(
    ("ends", "log", "reason"),
    [
        ((0.1, 0.01, None), False, "The range begins above its end."),
        ((0.0, 1.0, None), True, "A logarithmic range begins above 0"),
        ((0.0, 1.0, 0.0), False, "A step is above 0."),
    ],
)
def test_what_is_no_range_says_why(ends, log, reason):
    assert str(range_of(*ends, log=log)).startswith(reason)


def test_a_range_and_choices_are_what_was_typed():
    assert range_of(0.0, 1.0, 0.25, log=False) == Range(low=0.0, high=1.0, step=0.25)
    assert choices_of(["64", "16", "48"]) == Choices(choices=(16, 48, 64))
    assert isinstance(choices_of([]), Message)
    assert str(choices_of(["many"])) == "many is no number."
