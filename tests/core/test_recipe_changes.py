"""What is different between two recipes, in words: a table of edits, and random pairs."""

from collections.abc import Iterator
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from core.recipe import Recipe, parse
from core.recipe_changes import Concern, changes, in_words
from core.recipe_changes.fields import TITLES

TEXT = """
image: {height: 28, width: 28, channels: 1}
split: {train: 0.7, validation: 0.15, test: 0.15}
augmentation: [{kind: RandomFlip, mode: horizontal}, {kind: RandomRotation, factor: 0.1}]
layers:
  - {kind: Conv2D, filters: 32, kernel_size: 5, activation: relu}
  - {kind: MaxPooling2D}
  - kind: Residual
    layers:
      - {kind: Conv2D, filters: 32, kernel_size: 3, padding: same}
      - {kind: BatchNormalization}
  - {kind: Flatten}
  - {kind: Dense, units: 10, activation: softmax}
training: {loss: categorical_crossentropy, optimizer: {kind: Adam, learning_rate: 0.001}, epochs: 5}
"""
BEFORE = parse(TEXT)
FLIP, ROTATION = "{kind: RandomFlip, mode: horizontal}", "{kind: RandomRotation, factor: 0.1}"
NORMALIZATION = "      - {kind: BatchNormalization}\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (" learning_rate: 0.001", " learning_rate: 0.01",
            ["training.optimizer.learning_rate|learning rate: 0.001 → 0.01"]),
        ("epochs: 5", "epochs: 2000", ["training.epochs|epochs: 5 → 2,000"]),
        ("epochs: 5", "epochs: 5, seed: 3", ["training.seed|seed: 0 → 3"]),
        ("height: 28", "height: 32", ["image.height|image height: 28 → 32"]),
        (
            "train: 0.7, validation: 0.15",
            "train: 0.6, validation: 0.25",
            ["split.train|share for training: 0.7 → 0.6", "split.validation|share for validation: 0.15 → 0.25"],
        ),
        (
            "kind: Adam, learning_rate: 0.001",
            "kind: SGD, momentum: 0.9",
            [
                "training.optimizer|optimizer: Adam → SGD (momentum 0.9)",
                "training.optimizer.learning_rate|learning rate: 0.001 → 0.01",
            ],
        ),
        (
            "epochs: 5",
            "epochs: 5, early_stopping: {patience: 4}",
            ["training.early_stopping|early stopping: none → patience of early stopping 4"],
        ),
        (
            "epochs: 5",
            "epochs: 5, schedule: {kind: StepDecay, decay_rate: 0.1}",
            ["training.schedule|learning rate schedule: Constant → StepDecay (decay rate 0.1)"],
        ),
        (
            "epochs: 5",
            "epochs: 5, class_weights: {'<b>': 2, '{x}': 0.5}",
            ["training.class_weights|class weights: none → <b> 2.0, {x} 0.5"],
        ),
        ("filters: 32, kernel_size: 5", "filters: 64, kernel_size: [5, 3]", [
            "layers.0.filters|filters of Conv2D (layer 1): 32 → 64",
            "layers.0.kernel_size|kernel size of Conv2D (layer 1): 5 → 5 × 3",
        ]),
        ("  - {kind: Flatten}\n", "  - {kind: Dropout, rate: 0.5}\n  - {kind: Flatten}\n",
            ["layers.3|Dropout (layer 4): added"]),
        ("  - {kind: MaxPooling2D}\n", "", ["layers.1|MaxPooling2D (layer 2): removed"]),
        ("  - {kind: MaxPooling2D}\n", "  - {kind: MaxPooling2D, disabled: true}\n",
            ["layers.1.disabled|disabled of MaxPooling2D (layer 2): no → yes"]),
        (NORMALIZATION, "", ["layers.2.layers.1|BatchNormalization (layer 3.2): removed"]),
        (NORMALIZATION, NORMALIZATION.replace("}", ", momentum: 0.9}"),
            ["layers.2.layers.1.momentum|momentum of BatchNormalization (layer 3.2): 0.99 → 0.9"]),
        (f"[{FLIP}, {ROTATION}]", f"[{FLIP}]", ["augmentation.1|RandomRotation: removed"]),
        (f"[{FLIP}, {ROTATION}]", f"[{ROTATION}, {FLIP}]", ["augmentation.0|RandomRotation: moved here from place 2"]),
        ("factor: 0.1", "factor: 0.2", ["augmentation.1.factor|factor of RandomRotation: 0.1 → 0.2"]),
    ],
)  # fmt: skip
def test_each_edit_is_told_in_the_words_of_its_field(old, new, expected):
    assert old in TEXT
    found = changes(BEFORE, parse(TEXT.replace(old, new)))
    assert [f"{change.path}|{change.message}" for change in found] == expected


def test_a_layer_in_another_place_was_moved():
    pooling, flatten = "  - {kind: MaxPooling2D}\n", "  - {kind: Flatten}\n"
    after = parse(TEXT.replace(pooling, "").replace(flatten, pooling + flatten))
    assert [str(change.message) for change in changes(BEFORE, after)] == [
        "MaxPooling2D (layer 3): moved here from place 2"
    ]


def test_a_residual_comes_and_goes_with_its_layers():
    before, after = BEFORE, BEFORE.model_copy(update={"layers": BEFORE.layers[:2] + BEFORE.layers[3:]})
    assert [str(change.message) for change in changes(before, after)] == ["Residual (layer 3): removed"]
    assert [str(change.message) for change in changes(after, before)] == ["Residual (layer 3): added"]


@pytest.mark.parametrize(
    ("edits", "concerns", "sentence"),
    [
        ({}, set(), "Nothing changed, so nothing but chance makes a difference."),
        (
            {" learning_rate: 0.001": " learning_rate: 0.01"},
            {Concern.TRAINING},
            "Only one thing changed, learning rate: 0.001 → 0.01.",
        ),
        (
            {"epochs: 5": "epochs: 5, seed: 1"},
            {Concern.SEED},
            "Only the seed changed, 0 → 1, so the difference shows what chance does.",
        ),
        (
            {"epochs: 5": "epochs: 6, seed: 1", "filters: 32, kernel_size: 5": "filters: 8, kernel_size: 5"},
            {Concern.TRAINING, Concern.SEED, Concern.NET},
            "3 things changed, so the difference has no single cause.",
        ),
        (
            {"test: 0.15}": "test: 0.15, seed: 1}"},
            {Concern.SPLIT},
            "Only one thing changed, seed of the split: 0 → 1. The split is not the same: the two were judged on other "
            "images, so their figures can differ for that reason alone.",
        ),
        (
            {"channels: 1": "channels: 3"},
            {Concern.DATA},
            "Only one thing changed, colour channels: 1 → 3. The images are not the same, or not seen in the same way, "
            "so the figures can differ for that reason alone.",
        ),
    ],
)
def test_a_comparison_is_as_good_as_what_was_left_alone(edits, concerns, sentence):
    text = TEXT
    for old, new in edits.items():
        text = text.replace(old, new)
    found = changes(BEFORE, parse(text))
    assert ({change.concern for change in found}, str(in_words(found))) == (concerns, sentence)


LAYERS = st.lists(
    st.recursive(
        st.sampled_from(
            ["{kind: Conv2D, filters: 4, kernel_size: 3}", "{kind: Conv2D, filters: 8, kernel_size: 3}", "{kind: ReLU}"]
        ),
        lambda layers: st.lists(layers, max_size=3).map(
            lambda inner: f"{{kind: Residual, layers: [{', '.join(inner)}]}}"
        ),
        max_leaves=4,
    ),
    max_size=5,
)
RECIPES = st.builds(
    lambda layers, flips, seed, rate: parse(
        f"{{image: {{height: 8, width: 8, channels: 1}}, split: {{seed: {seed}}}, "
        f"layers: [{', '.join(layers)}], augmentation: [{', '.join(flips)}], "
        f"training: {{loss: categorical_crossentropy, optimizer: {{kind: {rate}}}}}}}"
    ),
    LAYERS.filter(lambda layers: not any(layer.count("Residual") > 3 for layer in layers)),
    st.lists(st.sampled_from([FLIP, ROTATION, "{kind: RandomRotation, factor: 0.2}"]), max_size=3),
    st.integers(0, 1),
    st.sampled_from(["Adam", "SGD", "Adam, learning_rate: 0.01"]),
)


@settings(max_examples=200)
@given(RECIPES, RECIPES)
def test_recipes_differ_exactly_where_changes_are_told(before: Recipe, after: Recipe):
    assert changes(before, before) == ()
    found = changes(before, after)
    assert bool(found) == (before != after)
    paths = [change.path for change in found if str(change.how) != "removed"]  # those are of the recipe before
    assert len(paths) == len(set(paths))


def test_every_title_is_that_of_a_field():
    known = set(_paths(Recipe, "", without=("layers", "augmentation", "version")))
    assert set(TITLES) <= known
    assert {path for path in known if path.count(".") == 1} <= set(TITLES)


def _paths(model: type[BaseModel], prefix: str, without=()) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if name not in without:
            yield prefix + name
            for inner in _models(field.annotation):
                yield from _paths(inner, f"{prefix}{name}.")


def _models(annotation) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)
