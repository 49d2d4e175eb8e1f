"""What cannot be searched, because the trials could not be compared."""

import pytest

from core.errors import RecipeError
from core.recipe import parse
from core.tuning.checking import refuse_unfit
from core.tuning.space import Choices, SearchSpace

RECIPE = parse(
    """
    image: {height: 8, width: 8, channels: 1}
    layers:
      - {kind: Conv2D, filters: 8, kernel_size: 3, kernel_regularizer: {kind: L2, l2: 0.01}}
      - kind: Residual
        layers: [{kind: Conv2D, filters: 8, kernel_size: 3, padding: same, kernel_regularizer: {kind: L1, l1: 0.01}}]
      - {kind: Conv2D, filters: 8, kernel_size: 3}
      - {kind: Flatten}
      - {kind: Dense, units: 2, activation: softmax}
    training: {loss: categorical_crossentropy, optimizer: {kind: SGD}, epochs: 2, batch_size: 16}
    """
)
TRAINING = RECIPE.training.model_dump(mode="json")
LAYERS = RECIPE.model_dump(mode="json")["layers"]
L1 = {"kind": "L1", "l1": 0.01}
L2 = {"kind": "L2", "l2": 0.01}
PLAIN = {**LAYERS[0], "kernel_regularizer": None}

CHANGE_THE_LOSS = [
    ("training.loss", ["categorical_crossentropy", "mean_squared_error"], "training.loss"),
    ("training.label_smoothing", [0.0, 0.1], "training.label_smoothing"),
    ("training", [TRAINING, TRAINING | {"loss": "mean_squared_error"}], "training.loss"),
    ("training", [TRAINING | {"label_smoothing": 0.1, "epochs": 9}], "training.label_smoothing"),
    ("training.standardize", [False, True], "training.standardize"),  # and with it what the weights cost
    ("layers.0.kernel_regularizer.l2", [0.01, 0.02], "layers.0.kernel_regularizer"),
    ("layers.0.kernel_regularizer", [L2, None], "layers.0.kernel_regularizer"),
    ("layers.2.kernel_regularizer", [L1], "layers.2.kernel_regularizer"),
    ("layers.0.disabled", [False, True], "layers.0.kernel_regularizer"),
    ("layers.1.disabled", [False, True], "layers.1.layers.0.kernel_regularizer"),
    ("layers.1.layers.0.kernel_regularizer", [None], "layers.1.layers.0.kernel_regularizer"),
    ("layers.0", [LAYERS[0], PLAIN], "layers.0.kernel_regularizer"),
    ("layers", [LAYERS, [PLAIN, *LAYERS[1:]]], "layers.0.kernel_regularizer"),
]
KEEP_THE_LOSS = [
    ("training", [TRAINING, TRAINING | {"batch_size": 32, "class_weights": "balanced"}]),
    ("training.class_weights", [None, "balanced"]),
    ("training.optimizer", [{"kind": "Adam"}, {"kind": "SGD"}]),
    ("training.keep_best", [None, "val_accuracy"]),
    ("training.early_stopping", [None, {"patience": 3}]),
    ("layers.0.filters", [8, 16]),
    ("layers.2.disabled", [False, True]),
    ("layers", [LAYERS, [LAYERS[2], *LAYERS]]),  # one more, which costs nothing, before all others
    ("augmentation", [[], [{"kind": "RandomFlip", "mode": "horizontal"}]]),
    ("image", [{"height": height, "width": 8, "channels": 1} for height in (8, 16)]),
    ("image.fit", ["stretch", "crop"]),
]


def space_of(path: str, choices: list, objective: str) -> SearchSpace:
    return SearchSpace(parameters={path: Choices(choices=tuple(choices))}, objective=objective)


@pytest.mark.parametrize(("path", "choices", "field"), CHANGE_THE_LOSS)
def test_what_the_loss_is_made_of_cannot_be_searched_by_the_loss(path, choices, field):
    with pytest.raises(RecipeError) as refused:
        refuse_unfit(space_of(path, choices, "val_loss"), RECIPE)
    said = str(refused.value)
    assert said.startswith(f"{path} cannot be searched by val_loss: it changes {field},")
    assert said.endswith(f"Search by val_accuracy, or leave {field} as it is.")
    refuse_unfit(space_of(path, choices, "val_accuracy"), RECIPE)


@pytest.mark.parametrize("objective", ["val_loss", "val_accuracy"])
@pytest.mark.parametrize(("path", "choices"), KEEP_THE_LOSS)
def test_what_leaves_the_loss_as_it_is_can_be_searched_by_both(path, choices, objective):
    refuse_unfit(space_of(path, choices, objective), RECIPE)


@pytest.mark.parametrize("objective", ["val_loss", "val_accuracy"])
@pytest.mark.parametrize(
    ("path", "choices"),
    [("split", [RECIPE.split.model_dump(mode="json")]), ("split.train", [0.5, 0.6]), ("version", [1])],
)
def test_other_validation_images_are_refused_for_every_objective(path, choices, objective):
    with pytest.raises(RecipeError, match="judged on the same validation images"):
        refuse_unfit(space_of(path, choices, objective), RECIPE)


@pytest.mark.parametrize("objective", ["val_loss", "val_accuracy"])
@pytest.mark.parametrize(("path", "choices"), [("training.seed", [0, 1]), ("training", [TRAINING | {"seed": 7}])])
def test_a_seed_is_no_setting(path, choices, objective):
    with pytest.raises(RecipeError, match="a seed is not a setting"):
        refuse_unfit(space_of(path, choices, objective), RECIPE)


def test_numbers_that_cost_nothing_beside_them_may_be_standardized():
    """Their loss is told in their own units, whether they were learned in these or not."""
    recipe = parse(
        """
        image: {height: 8, width: 8, channels: 1}
        layers: [{kind: Flatten}, {kind: Dense, units: 1}]
        training: {loss: mean_squared_error, optimizer: {kind: SGD}}
        """
    )
    refuse_unfit(space_of("training.standardize", [False, True], "val_loss"), recipe)
