"""The search space as a value and as a file."""

import optuna
import pytest
from hypothesis import given
from hypothesis import strategies as st
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from pydantic import ValidationError

from core.errors import RecipeError
from core.tuning import space as spaces
from core.tuning.checking import refuse_unfit
from core.tuning.distributions import distributions
from core.tuning.distributions import sampler as sampler_of
from core.tuning.grid import points, size
from core.tuning.space import Choices, Range, parse
from tests.core.runs.builders import make_recipe

CONTRACT = """
parameters:
  training.optimizer.learning_rate: {low: 0.0001, high: 0.01, log: true}
  training.batch_size: {low: 16, high: 128, step: 16}
  layers.0.filters: {choices: [8, 16, 32]}
sampler: tpe             # grid | random | tpe
pruner: none             # none | median | hyperband
objective: val_accuracy  # or val_loss
seed: 0
"""


def test_the_file_of_the_contract_is_read_and_means_what_optuna_means():
    space = parse(CONTRACT)
    assert (space.sampler, space.pruner, space.objective, space.seed) == ("tpe", "none", "val_accuracy", 0)
    assert distributions(space) == {
        "training.optimizer.learning_rate": FloatDistribution(0.0001, 0.01, log=True),
        "training.batch_size": IntDistribution(16, 128, step=16),
        "layers.0.filters": CategoricalDistribution((8, 16, 32)),
    }


def test_it_goes_through_the_database_unchanged():
    space = parse("parameters: {a: {low: 0.0, high: 1.0, step: 0.25}, b: {choices: [[], [{kind: RandomFlip}], null]}}")
    assert spaces.from_content(space.model_dump(mode="json")) == space


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("parameters: {}", "parameters must hold at least 1; received {}"),
        ("sampler: tpe", "it should hold the key parameters"),
        ("- 1", "it should hold the key parameters"),
        ("parameters: {a: 3}", "parameters.a must be {low: …, high: …} or {choices: […]}; received 3."),
        ("parameters: {a: {low: 1}}", "s.yaml: parameters.a: high is missing."),
        ("parameters: {a: {low: x, high: 1}}", "parameters.a: low must be a number; received 'x'."),
        ("parameters: {a: {low: 2, high: 1}}", "s.yaml: parameters.a: low must not be above high."),
        ("parameters: {a: {low: 0, high: 1, log: true}}", "a logarithmic range must begin above 0."),
        ("parameters: {a: {low: 1, high: 2, step: 0}}", "a step must be above 0, and cannot be had together with log."),
        ("parameters: {a: {low: 1, high: 2, log: true, step: 1}}", "cannot be had together with log."),
        ("parameters: {a: {choices: []}}", "parameters.a: choices must hold at least 1; received []."),
        ("parameters: {a: {choices: [1, 2, 1]}}", "parameters.a: choices must not hold 1 twice"),
        ("parameters: {a: {choices: [1, 2, true]}}", "must not hold 1 = true twice; received [1, 2, true]."),
        ("parameters: {a: {choices: [1.0, 1]}}", "parameters.a: choices must not hold 1.0 = 1 twice"),
        ("parameters: {a: {choices: [[], '[]']}}", 'parameters.a: choices must not hold [] = "[]" twice'),
        ("parameters: {a: {low: 1, high: 2, steps: 1}}", "unknown key steps. Did you mean step?"),
        ("parameters: {a: {choices: [1, 2]}}\nsampler: bayes", "sampler must be 'grid', 'random' or 'tpe'"),
        ("parameters: {a: {choices: [1, 2]}}\nseed: -1", "seed must be at least 0; received -1."),
        ("parameters: {a: {choices: [1, 2]}}\nsamplers: tpe", "Did you mean sampler?"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text, said):
    with pytest.raises(RecipeError) as refused:
        parse(text, "s.yaml")
    assert said in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(RecipeError, match=r"no file .*none\.yaml"):
        spaces.load(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("parameters: {layers.1.unit: {choices: [1, 2]}}", "layers.1 has no unit. Did you mean units?"),
        ("parameters: {layers.1.units: {low: 0, high: 4}}", "layers.1.units must be at least 1; received 0"),
        ("parameters: {layers.1.units: {low: 1.0, high: 4.5}}", "layers.1.units must be a whole number"),
        ("parameters: {split.seed: {low: 0, high: 4}}", "judged on the same validation images"),
        (
            "parameters: {training.loss: {choices: [mean_squared_error]}}\nobjective: val_loss",
            "training.loss cannot be searched by val_loss",
        ),
        (
            "parameters: {training.label_smoothing: {low: 0.0, high: 0.1}}\nsampler: grid",
            "give training.label_smoothing a",
        ),
        (
            "parameters: {training.batch_size: {low: 1, high: 60000}}\nsampler: grid",
            "This grid has 60,000 points; at most 10,000",
        ),
    ],
)
def test_a_space_that_does_not_fit_the_recipe_is_refused(text, said):
    with pytest.raises(RecipeError) as refused:
        refuse_unfit(parse(text), make_recipe())
    assert said in str(refused.value)


def test_a_grid_has_each_combination_once_in_an_order_that_the_seed_decides():
    space = parse("parameters: {a: {low: 0, high: 0.3, step: 0.1}, b: {choices: [x, [y]]}, c: {low: 1, high: 3}}")
    found = points(space)
    assert len(found) == size(space) == 4 * 2 * 3
    assert {tuple(point.values()) for point in found} == {
        (a, b, c) for a in (0.0, 0.1, 0.2, 0.3) for b in ("x", '["y"]') for c in (1, 2, 3)
    }
    assert points(space) == found
    assert points(space.model_copy(update={"seed": 1})) != found


@given(low=st.integers(-50, 50), width=st.integers(0, 100), step=st.integers(1, 30))
def test_whole_numbers_of_a_range_are_those_of_python(low, width, step):
    span = Range(low=low, high=low + width, step=step)
    assert span.labels == tuple(range(low, low + width + 1, step))
    assert (span.last, span.count) == (span.labels[-1], len(span.labels))


@given(low=st.integers(-20, 20), count=st.integers(1, 40), step=st.sampled_from([0.1, 0.05, 0.25, 0.3]))
def test_a_range_with_a_step_has_only_numbers_that_optuna_has_too(low, count, step):
    span = Range(low=float(low), high=low + (count - 1) * step, step=step)
    assert span.count == count
    optunas = FloatDistribution(float(span.low), float(span.last), step=step)
    assert all(optunas._contains(label) for label in span.labels)


@pytest.mark.parametrize("sampler", ["random", "tpe"])
def test_what_optuna_makes_of_steps_is_one_of_the_numbers_of_the_range(sampler):
    """It adds steps up in binary, where three tenths are 0.30000000000000004."""
    space = parse(f"parameters: {{a: {{low: 0.0, high: 0.6, step: 0.1}}}}\nsampler: {sampler}")
    study = optuna.create_study(sampler=sampler_of(space, 40, 0))
    labels = set()
    for _ in range(40):
        trial = study.ask(distributions(space))
        labels.add(trial.params["a"])
        study.tell(trial, trial.params["a"])
    assert 0.1 + 2 * 0.1 in labels
    assert {space.values({"a": label})["a"] for label in labels} <= {0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6}


def test_values_with_parts_have_a_label_and_come_back_from_it():
    flip = [{"kind": "RandomFlip", "mode": "horizontal"}]
    choices = Choices(choices=([], flip, 3))
    assert choices.labels == ("[]", '[{"kind": "RandomFlip", "mode": "horizontal"}]', 3)
    assert [choices.value(label) for label in choices.labels] == [[], flip, 3]


@given(st.lists(st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from([0.0, 1.0, 0.5, "1", [], [1]])))
def test_every_choice_comes_back_from_its_label_as_it_was(values):
    try:
        choices = Choices(choices=tuple(values))
    except ValidationError:
        return
    found = [choices.value(label) for label in choices.labels]
    assert [(type(value), value) for value in found] == [(type(value), value) for value in values]


@pytest.mark.parametrize(
    ("given", "label", "value"),
    [
        (Range(low=0.0001, high=0.01, log=True), 0.008023898759925, 0.008024),
        (Range(low=0.00010004, high=0.01, log=True), 0.00010004, 0.00010004),
        (Range(low=0.0, high=0.123456), 0.123456, 0.123456),
        (Range(low=8, high=20_000, log=True), 12_345, 12_345),
        (Range(low=0.0, high=0.6, step=0.1), 0.3, 0.3),
        (Range(low=0.0, high=0.6, step=0.1), 0.1 + 2 * 0.1, 0.3),  # 0.30000000000000004
    ],
)
def test_a_number_of_a_range_stands_in_the_recipe_as_a_person_can_type_it(given, label, value):
    assert given.value(label) == value
