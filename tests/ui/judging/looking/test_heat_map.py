"""What is said of a heat map."""

from types import SimpleNamespace

import numpy as np
import pytest

from core.evaluation.trying.prediction import PredictedNumber, Prediction
from ui.judging.looking import heat_map

RUN = SimpleNamespace(number=3)
SURE = Prediction(("cat", "dog", "cow"), (0.01, 0.98, 0.01), likeliest=1, is_unsure=False)
SENTENCES = [
    (SURE, 1, False, "Run 3 calls this **dog** with 98.0%. The warm places spoke for dog most."),
    (
        SURE,
        0,
        False,
        "Run 3 calls this **dog** with 98.0%, and gives **cat** 1.0%. The warm places spoke for cat most.",
    ),
    (
        SURE,
        1,
        True,
        "Run 3 calls this **dog** with 98.0%. By this measure nothing in this layer spoke for dog: the map is 0 "
        "everywhere.",
    ),
    (PredictedNumber(4.25), 0, False, "Run 3 reads **4.25** off this image. The warm places raised that number most."),
    (
        PredictedNumber(4.25),
        0,
        True,
        "Run 3 reads **4.25** off this image. By this measure nothing in this layer raised that number: the map "
        "is 0 everywhere.",
    ),
]


@pytest.mark.parametrize(("answer", "class_index", "is_empty", "expected"), SENTENCES)
def test_the_sentence_names_the_answer_and_what_is_warm(answer, class_index, is_empty, expected):
    assert heat_map.sentence(RUN, answer, class_index, is_empty=is_empty) == expected


def test_the_table_shares_the_warmth_among_ninths():
    heat = np.zeros((6, 9), np.float32)
    heat[0, 0], heat[5, 4] = 0.5, 1.5
    shares = heat_map.table(heat)
    assert shares.to_numpy().tolist() == [[0.25, 0, 0], [0, 0, 0], [0, 0.75, 0]]
    assert heat_map.warmest(shares) == "Most of the warmth, 75%, is here: bottom centre."


def test_a_map_of_zeros_has_no_warm_place():
    assert heat_map.warmest(heat_map.table(np.zeros((4, 4), np.float32))) == "No place is warm."


@pytest.mark.parametrize("side", [1, 2, 8])
def test_small_maps_have_a_table_too(side):
    assert heat_map.table(np.ones((side, side), np.float32)).to_numpy().sum() == pytest.approx(1)
