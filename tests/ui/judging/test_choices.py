"""Which image and which layer are offered first."""

import numpy as np
import pandas as pd
import pytest

from core.architecture import Residual, summarize
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.evaluation.evaluation import judge_answers
from core.evaluation.number_evaluation import judge_numbers
from ui.judging.looking import image_choice, layer_choice

IMAGES = pd.DataFrame({"path": list("abcd"), "label": [0, 0, 1, 1], "value": [1.0, 2.0, 3.0, 4.0]})
ANSWERS = np.array([[0.4, 0.6], [0.1, 0.9], [0.45, 0.55], [0.2, 0.8]])
CONV = Conv2D(filters=4, kernel_size=3, padding="same")
NET = (
    CONV,
    MaxPooling2D(),
    Residual(layers=(CONV, CONV.changed(disabled=True))),
    MaxPooling2D(),
    Flatten(),
    Dense(units=2),
)


def test_the_most_confident_mistake_comes_first():
    evaluation = judge_answers(ANSWERS, np.arange(4), IMAGES, ["cat", "dog"], "validation", 0)
    titles = [image.title for image in image_choice.classes(evaluation, "mistakes")]
    assert titles == ["cat → dog · 90.0% · b", "cat → dog · 60.0% · a"]


def test_the_least_certain_right_answer_comes_first_with_its_place_in_the_evaluation():
    evaluation = judge_answers(ANSWERS[::-1], np.arange(4)[::-1], IMAGES, ["cat", "dog"], "validation", 0)
    right = image_choice.classes(evaluation, "right")
    assert [(image.row, image.place, image.label, image.predicted) for image in right] == [(2, 1, 1, 1), (3, 0, 1, 1)]


def test_the_number_that_is_furthest_off_comes_first():
    judged = judge_numbers(np.array([[1.0], [2.5], [9.0]]), np.array([0, 1, 3]), IMAGES, "validation", 0)
    images = image_choice.numbers(judged)
    assert [(image.row, image.place, image.title) for image in images[:2]] == [
        (3, 2, "4 → 9 · d"),
        (1, 1, "2 → 2.5 · b"),
    ]


@pytest.mark.parametrize(
    ("offered", "places"),
    [(layer_choice.with_maps, [(0,), (1,), (2,), (2, 0), (3,)]), (layer_choice.convolutions, [(0,), (2, 0)])],
)
def test_layers_that_are_on_are_offered_inside_a_residual_too(offered, places):
    assert [readout.place for readout in offered(summarize(NET, (12, 12, 1)))] == places


def test_layers_have_their_number_and_their_shape():
    readouts = layer_choice.with_maps(summarize(NET, (12, 12, 1)))
    assert layer_choice.title(readouts[3]) == "Conv2D (layer 3.1) · 6 × 6 × 4"
