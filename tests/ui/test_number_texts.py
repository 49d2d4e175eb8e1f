import numpy as np
import pandas as pd
import pytest

from core.dataset.summary import MOST_BINS, value_bins
from core.evaluation.number_evaluation import judge_numbers
from tests.core.dataset.number_images import number_dataset
from ui.charts import error_histogram, predicted_numbers, value_histogram
from ui.judging.numbers import sentence
from ui.numbers import quantity


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (23.456, "23.46"),
        (-23.456, "-23.46"),
        (5, "5"),
        (1234567.8, "1,234,568"),
        (0.0123456, "0.01235"),
        (100, "100"),
        (1.5e-7, "1.5e-07"),
        (2e15, "2e+15"),
    ],
)
def test_a_quantity_has_four_digits_that_count(value, written):
    assert quantity(value) == written


def test_the_bins_hold_every_number(tmp_path):
    dataset = number_dataset(tmp_path, tmp_path, 50)
    bins = value_bins(dataset)
    values = dataset.images["value"]
    assert (bins["images"].sum(), len(bins)) == (50, 8)
    assert (bins["low"].iloc[0], bins["high"].iloc[-1]) == (values.min(), values.max())
    first = values.between(bins["low"].iloc[0], bins["high"].iloc[0], inclusive="left").sum()
    assert bins["images"].iloc[0] == first
    assert value_histogram.sentence(dataset).startswith(f"From {values.min():.4g} to {values.max():.4g}; the mean is")


def test_one_number_far_away_makes_no_more_bins(tmp_path):
    dataset = number_dataset(tmp_path, tmp_path, 20, lambda share: 1e12 if share > 0.9 else share * 1e-6)
    assert len(value_bins(dataset)) <= MOST_BINS


def judged(images: int, error=2.0):
    table = pd.DataFrame({"path": [str(row) for row in range(images)], "value": np.arange(images, dtype=float)})
    answers = np.arange(images) + np.broadcast_to(error, images)
    return judge_numbers(answers[:, np.newaxis], np.arange(images), table, "validation", 0)


def test_the_sentence_tells_the_error_and_what_it_can_mean():
    assert sentence(judged(4, [1, -1, 3, -3])) == (
        "The answers are off by **2** on average, and **1 to 3** is what that can mean."
    )
    assert sentence(judged(20)) == "The answers are off by **2** on average."


BIASES = [
    ([1, 1, 2, 2] * 10, "The answers are **too high**, by 1.5 on average; **1.35 to 1.65** is what that can mean."),
    ([-1, -1, -2, -2] * 10, "The answers are **too low**, by 1.5 on average; **1.35 to 1.65** is what that can mean."),
    (2, "Answer less true number is 2 on average."),
]


@pytest.mark.parametrize(("error", "text"), BIASES)
def test_a_lean_to_one_side_is_said(error, text):
    assert error_histogram.sentence(judged(40, error)) == text


def test_errors_on_both_sides_are_no_lean():
    assert error_histogram.sentence(judged(40, [1, -1] * 20)).startswith("The answers lean to neither side")


def test_the_histogram_of_errors_holds_every_image():
    rows = error_histogram.table(judged(40, [1, -1, 3, -3] * 10))
    assert (rows["images"].sum(), rows["low"].min(), rows["high"].max()) == (40, -3, 3)


@pytest.mark.parametrize(("images", "drawn"), [(20, 20), (2000, 2000), (2001, 1001)])
def test_no_more_points_are_drawn_than_can_be_seen(images, drawn):
    assert len(predicted_numbers.table(judged(images))) == drawn
