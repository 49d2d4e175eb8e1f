"""Values put into a recipe by their paths, and what is suggested for a recipe."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import RecipeError
from core.recipe import load, parse
from core.tuning.checking import refuse_unfit
from core.tuning.placing import recipe_with
from core.tuning.space import SearchSpace
from core.tuning.suggestions import suggestions

RECIPE = parse(
    """
    image: {height: 8, width: 8, channels: 1}
    layers:
      - {kind: Conv2D, filters: 8, kernel_size: 3, activation: relu}
      - kind: Residual
        layers: [{kind: Conv2D, filters: 8, kernel_size: 3, padding: same}, {kind: Dropout, rate: 0.5}]
      - {kind: Flatten}
      - {kind: Dense, units: 2, activation: softmax}
    training: {loss: categorical_crossentropy, optimizer: {kind: SGD, learning_rate: 0.3, momentum: 0.9}, epochs: 2}
    """
)

FLIP = {"kind": "RandomFlip", "mode": "horizontal"}


@pytest.mark.parametrize(
    ("values", "read"),
    [
        ({"layers.0.filters": 16}, lambda recipe: recipe.layers[0].filters == 16),
        ({"layers.1.layers.1.rate": 0.25}, lambda recipe: recipe.layers[1].layers[1].rate == 0.25),
        ({"layers.0.kernel_size": [3, 5]}, lambda recipe: recipe.layers[0].kernel_size == (3, 5)),
        ({"layers.0.disabled": True}, lambda recipe: recipe.layers[0].disabled),
        ({"training.keep_best": "val_loss"}, lambda recipe: recipe.training.keep_best == "val_loss"),
        ({"training.epochs": 9}, lambda recipe: recipe.training.epochs == 9),
        ({"augmentation": [FLIP]}, lambda recipe: recipe.augmentation[0].kind == "RandomFlip"),
        (
            {"layers.0.filters": 4, "layers": [{"kind": "Conv2D", "filters": 1, "kernel_size": 3}]},
            lambda recipe: [layer.filters for layer in recipe.layers] == [4],
        ),
    ],
)
def test_a_value_stands_where_its_path_says(values, read):
    assert read(recipe_with(RECIPE, values))


def test_another_optimizer_keeps_what_was_chosen_and_drops_what_it_does_not_know():
    """SGD has momentum, Adam has not; the learning rate 0.3 is no default, so it stays."""
    optimizer = recipe_with(RECIPE, {"training.optimizer.kind": "Adam"}).training.optimizer
    assert (optimizer.kind, optimizer.learning_rate) == ("Adam", 0.3)
    optimizer = recipe_with(RECIPE, {"training.optimizer.kind": "RMSprop"}).training.optimizer
    assert (optimizer.kind, optimizer.momentum) == ("RMSprop", 0.9)


def test_another_optimizer_has_its_own_usual_learning_rate_unless_one_is_given():
    usual = recipe_with(RECIPE, {"training.optimizer.learning_rate": 0.01})
    kind = {"training.optimizer.kind": "Adam"}
    assert recipe_with(usual, kind).training.optimizer.learning_rate == 0.001
    both = recipe_with(usual, {"training.optimizer.learning_rate": 0.02} | kind)
    assert (both.training.optimizer.kind, both.training.optimizer.learning_rate) == ("Adam", 0.02)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("layers.9.filters", 8, "The recipe has no layers.9.filters: layers has no 9. It has 0, 1, 2, 3."),
        ("layers.-1.units", 8, "layers has no -1"),
        ("layers.0.filter", 8, "layers.0 has no filter. Did you mean filters?"),
        ("trainings.epochs", 8, "recipe has no trainings. Did you mean training?"),
        ("training.keep_best.patience", 8, "training.keep_best has no parts"),
        ("", 8, "recipe has no ."),
        ("layers.0.filters", 0, "layers.0.filters must be at least 1; received 0."),
        ("layers.0.filters", "many", "layers.0.filters must be a whole number; received 'many'."),
        ("training.optimizer.kind", "Adamm", "unknown kind Adamm. Did you mean Adam?"),
        ("training.optimizer.kind", [], "kind"),
    ],
)
def test_what_cannot_be_placed_is_said(path, value, said):
    with pytest.raises(RecipeError) as refused:
        recipe_with(RECIPE, {path: value})
    assert said in str(refused.value)


@given(st.dictionaries(st.text(alphabet="layers.0123training", max_size=20), st.integers() | st.none() | st.text()))
def test_whatever_is_placed_gives_a_recipe_or_a_sentence(values):
    with suppress(RecipeError):
        assert recipe_with(RECIPE, values).version == 1


def test_placing_nothing_changes_nothing():
    assert recipe_with(RECIPE, {}) == RECIPE


@pytest.mark.parametrize("path", sorted(Path("recipes").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_value_that_is_suggested_can_be_trained(path):
    recipe = load(path)
    found = suggestions(recipe)
    refuse_unfit(SearchSpace(parameters={each.path: each.parameter for each in found}), recipe)
    for each in found:
        for value in each.parameter.extremes:
            changed = recipe_with(recipe, {each.path: value})
            assert not [problem for problem in changed.problems() if problem.forbids_training], (each.path, value)


def test_the_suggestions_for_a_small_net():
    found = {each.path: each.parameter for each in suggestions(RECIPE)}
    rate = found["training.optimizer.learning_rate"]
    assert (rate.low, rate.high, rate.log) == (0.03, 3.0, True)
    assert found["training.batch_size"].choices == (8, 16, 32, 64, 128)
    assert found["layers.0.kernel_size"].choices == (3, 5, 7)
    assert found["layers.1.layers.0.filters"].choices == (4, 8, 16)
    assert found["layers.1.layers.1.rate"].labels == (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
    assert found["augmentation"].choices[0] == []
    assert "layers.3.disabled" not in found, "without the last layer it is another answer"
    assert "layers.3.units" not in found, "with other units it is another answer"


def test_each_block_of_a_residual_net_can_be_left_out():
    found = {each.path for each in suggestions(load(Path("recipes/resnet_small.yaml")))}
    assert {f"layers.{block}.disabled" for block in range(3, 9)} <= found


def test_the_units_of_a_hidden_layer_are_suggested_half_and_twice_as_large():
    found = {each.path: each for each in suggestions(load(Path("recipes/lenet5.yaml")))}
    assert found["layers.5.units"].parameter.choices == (60, 120, 240)
    assert str(found["layers.5.units"].title) == "units of layer 6 (Dense)"


def test_of_a_net_that_does_not_work_no_layer_is_suggested():
    broken = recipe_with(RECIPE, {"layers.0.kernel_size": 9})
    assert not [each.path for each in suggestions(broken) if each.path.startswith("layers.")]
