import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve

from core.evaluation.confidence.calibration import BINS, calibration_error, expected_calibration_error, reliability
from core.interval import wilson
from tests.core.evaluation.generated import answers

CONFIDENCE = np.array([0.05, 0.82, 0.84, 0.9, 0.95, 0.97])
RIGHT = np.array([False, True, False, True, True, False])


def sure_and_right(images: int, temperature: float = 1.0, seed: int = 0):
    labels, probabilities = answers(images, 5, temperature, seed)
    return probabilities.max(axis=1), probabilities.argmax(axis=1) == labels


def test_the_table_is_the_one_worked_by_hand():
    table = reliability(CONFIDENCE, RIGHT)
    assert table["images"].tolist() == [1, 0, 0, 0, 0, 0, 0, 0, 3, 2]  # 0.9 ends its range
    filled = table.iloc[8]
    assert filled[["low", "high", "confidence", "accuracy"]].tolist() == pytest.approx([0.8, 0.9, 2.56 / 3, 2 / 3])
    assert filled[["accuracy_low", "accuracy_high"]].tolist() == pytest.approx(wilson(2, 3))
    assert table.iloc[3][["confidence", "accuracy", "accuracy_low", "accuracy_high"]].isna().all()
    error = 0.05 / 6 + 3 / 6 * (2.56 / 3 - 2 / 3) + 2 / 6 * (0.96 - 0.5)
    assert expected_calibration_error(CONFIDENCE, RIGHT) == pytest.approx(error)


@pytest.mark.parametrize("seed", range(4))
def test_the_ranges_are_those_of_scikit_learn(seed):
    confidence, right = sure_and_right(700, 1.5, seed)
    accuracy, mean_confidence = calibration_curve(right, confidence, n_bins=BINS)
    filled = reliability(confidence, right).dropna()
    assert filled["accuracy"].tolist() == pytest.approx(accuracy)
    assert filled["confidence"].tolist() == pytest.approx(mean_confidence)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_the_error_is_the_weighted_distance_of_the_table(images):
    confidence, right = map(np.array, zip(*images, strict=True))
    table = reliability(confidence, right)
    distance = (table["accuracy"] - table["confidence"]).abs()
    expected = np.average(distance.fillna(0), weights=table["images"])
    assert table["images"].sum() == len(images)
    assert expected_calibration_error(confidence, right) == pytest.approx(expected)


@pytest.mark.parametrize("temperature", [1.0, 1.3, 2.0])
def test_the_interval_holds_the_error_on_all_images_about_as_often_as_it_says(temperature):
    confidence, right = sure_and_right(200_000, temperature)
    on_all = expected_calibration_error(confidence, right) if temperature > 1 else 0.0
    random = np.random.default_rng(1)
    draws = [random.integers(len(right), size=300) for _ in range(40)]
    errors = [calibration_error(confidence[rows], right[rows]) for rows in draws]
    held = np.mean([error.low <= on_all <= error.high for error in errors])
    assert held >= 0.85


@pytest.mark.parametrize(("temperature", "is_chance"), [(1.0, True), (2.0, False)])
def test_an_error_that_chance_can_make_is_told_from_one_that_it_cannot(temperature, is_chance):
    error = calibration_error(*sure_and_right(500, temperature))
    assert (error.is_chance, error.low == 0) == (is_chance, is_chance)
    assert error.low <= error.value <= error.high


def test_the_error_is_the_same_each_time():
    assert calibration_error(CONFIDENCE, RIGHT) == calibration_error(CONFIDENCE, RIGHT)


def test_one_image_has_an_error():
    assert calibration_error(np.array([0.7]), np.array([True])).value == pytest.approx(0.3)
    assert pd.notna(reliability(np.array([0.7]), np.array([True])).loc[6, "accuracy"])
