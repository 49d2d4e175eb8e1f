import json

import numpy as np
import pandas as pd
import pytest
from scipy.stats import bootstrap
from sklearn.metrics import mean_absolute_error, r2_score, root_mean_squared_error

from core.evaluation.number_evaluation import judge_numbers


def judged(truth, answers, part="validation", openings=0):
    images = pd.DataFrame({"path": [f"{row}.png" for row in range(len(truth))], "value": truth})
    return judge_numbers(np.array(answers)[:, np.newaxis], np.arange(len(truth)), images, part, openings)


def test_the_figures_are_those_worked_by_hand():
    evaluation = judged([1.0, 2.0, 3.0, 6.0], [2.0, 2.0, 1.0, 7.0])
    assert evaluation.mean_absolute_error == 1.0
    assert evaluation.root_mean_squared_error == pytest.approx(1.5**0.5)
    assert evaluation.r_squared == pytest.approx(1 - 6 / 14)


@pytest.mark.parametrize("seed", range(5))
def test_the_figures_are_those_of_scikit_learn(seed):
    random = np.random.default_rng(seed)
    truth = random.normal(1000, 50, 90)
    answers = truth + random.normal(5, 20 * seed, 90)
    evaluation = judged(truth, answers)
    assert evaluation.mean_absolute_error == pytest.approx(mean_absolute_error(truth, answers))
    assert evaluation.root_mean_squared_error == pytest.approx(root_mean_squared_error(truth, answers))
    assert evaluation.r_squared == pytest.approx(r2_score(truth, answers))


def test_the_interval_holds_the_error_on_all_images_about_as_often_as_it_says():
    random = np.random.default_rng(0)
    all_errors = random.exponential(4, 100_000)
    draws = [random.choice(all_errors, 120) for _ in range(200)]
    intervals = [judged(np.zeros(120), errors).interval for errors in draws]
    held = sum(low <= all_errors.mean() <= high for low, high in intervals)
    assert 0.90 <= held / len(draws) <= 0.98


ESTIMATES = {
    "mean_absolute_error_estimate": mean_absolute_error,
    "root_mean_squared_error_estimate": root_mean_squared_error,
    "r_squared_estimate": r2_score,
    "bias": lambda truth, answers: (answers - truth).mean(),
}


@pytest.mark.parametrize("name", ESTIMATES)
def test_each_interval_is_that_of_scipy_but_for_chance(name):
    random = np.random.default_rng(0)
    truth = random.uniform(1000, 1100, 150)
    answers = truth + random.normal(5, 20, 150)
    theirs = bootstrap(
        (truth, answers), ESTIMATES[name], paired=True, vectorized=False, n_resamples=1000, method="percentile", rng=1
    )
    found, (low, high) = getattr(judged(truth, answers), name), theirs.confidence_interval
    assert found.value == pytest.approx(ESTIMATES[name](truth, answers))
    assert found.interval == pytest.approx((low, high), abs=0.15 * (high - low))


def test_a_draw_of_one_number_again_and_again_leaves_the_range_of_r_squared_finite():
    low, high = judged([0.1, 0.1, 0.1, 0.7], [0.2, 0.1, 0.1, 0.6]).r_squared_estimate.interval
    assert np.isfinite([low, high]).all()


def test_numbers_that_are_all_the_same_leave_nothing_to_explain():
    assert judged([3.0, 3.0], [1.0, 4.0]).r_squared_estimate is None


def test_the_interval_is_the_same_each_time():
    truth, answers = np.arange(50.0), np.arange(50.0) ** 1.1
    assert judged(truth, answers).interval == judged(truth, answers).interval


def test_what_has_no_meaning_is_null_in_json():
    content = judged([3.0], [4.0], part="test", openings=2).to_json()
    assert json.loads(json.dumps(content, allow_nan=False)) == {
        "mean_absolute_error": 1.0,
        "root_mean_squared_error": 1.0,
        "r_squared": None,
        "interval": None,
        "images": 1,
        "openings": 2,
    }
