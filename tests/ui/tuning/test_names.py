"""Settings that are searched, and their values, in words."""

from pathlib import Path

import numpy as np
import pytest

from core.recipe import load
from core.tuning.space import Choices, Range
from ui.tuning.names import parameter_text, title_of, value_text

RESNET = load(Path("recipes/resnet_small.yaml"))
RATE = "training.optimizer.learning_rate"


@pytest.fixture(autouse=True)
def _session(session_state):
    """Words are looked up in the language of a session."""


@pytest.mark.parametrize(
    ("path", "title"),
    [
        (RATE, "learning rate"),
        ("training.optimizer.kind", "optimizer"),
        ("training.batch_size", "batch size"),
        ("training.early_stopping.patience", "patience of early stopping"),
        ("augmentation", "augmentation, off or on"),
        ("layers.0.filters", "filters of layer 1 (Conv2D)"),
        ("layers.3.layers.0.kernel_size", "kernel of layer 4.1 (Conv2D)"),
        ("layers.3.disabled", "layer 4 (Residual) left out or not"),
        ("layers.0.activation", "activation of layer 1"),
        ("layers.99.filters", "filters of layer 100"),
    ],
)
def test_what_stands_at_a_path_has_a_title(path, title):
    assert title_of(path, RESNET) == title


@pytest.mark.parametrize(
    ("path", "label", "text"),
    [
        (RATE, 0.0001, "0.0001"),
        (RATE, np.float64(4e-05), "4e-05"),
        ("training.batch_size", 4096, "4,096"),
        ("training.optimizer.kind", "Adam", "Adam"),
        ("layers.0.filters", 32.0, "32"),
        ("layers.0.rate", 0.1 + 0.2, "0.3"),
        ("layers.0.kernel_size", np.int64(3), "3 × 3"),
        ("layers.0.kernel_size", "[3, 5]", "3 × 5"),
        ("layers.0.disabled", True, "left out"),
        ("layers.0.disabled", np.bool_(False), "in"),
        ("training.standardize", True, "yes"),
        ("augmentation", "[]", "off"),
        ("augmentation", '[{"kind": "RandomFlip"}]', "on (RandomFlip)"),
        ("augmentation", [{"kind": "RandomFlip"}] * 3, "on (3 parts)"),
        ("training.schedule", None, "none"),
        (RATE, float("nan"), "–"),
    ],
)
def test_a_value_is_shown_in_the_words_of_its_setting(path, label, text):
    assert value_text(path, label) == text


@pytest.mark.parametrize(
    ("path", "parameter", "text"),
    [
        (RATE, Range(low=0.0001, high=0.01, log=True), "0.0001 – 0.01, logarithmic"),
        ("layers.5.rate", Range(low=0.0, high=0.65, step=0.1), "0 – 0.6 in steps of 0.1"),
        ("layers.0.filters", Range(low=8, high=64), "8 – 64"),
        ("layers.0.disabled", Choices(choices=(False, True)), "in, left out"),
    ],
)
def test_a_parameter_says_which_values_are_tried(path, parameter, text):
    assert parameter_text(path, parameter) == text
