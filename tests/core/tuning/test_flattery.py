"""By how much the best of several scores flatters, against what is simulated and published."""

from math import sqrt

import numpy as np
import pytest

from core.tuning.flattery import by_bootstrap, by_formula

# The mean of the largest of k standard normal variables: Harter, 1961, Expected Values of Normal Order Statistics.
LARGEST_OF = {2: 0.5642, 3: 0.8463, 5: 1.1630, 10: 1.5388, 20: 1.8675, 50: 2.2491}


@pytest.mark.parametrize("trials", LARGEST_OF)
def test_the_formula_has_the_published_means_of_the_largest(trials):
    flattery = by_formula(trials, images=400, accuracy=0.8)
    assert flattery.amount / sqrt(0.8 * 0.2 / 400) == pytest.approx(LARGEST_OF[trials], rel=0.05)


@pytest.mark.parametrize(("trials", "images", "accuracy"), [(1, 100, 0.5), (0, 100, 0.5), (5, 0, 0.5), (5, 100, 1.0)])
def test_where_nothing_was_chosen_nothing_flatters(trials, images, accuracy):
    assert by_formula(trials, images, accuracy).amount == 0


def equally_good(rng: np.random.Generator, trials: int, images: int, accuracy: float) -> np.ndarray:
    return rng.random((trials, images)) < accuracy


@pytest.mark.parametrize(("trials", "images", "accuracy"), [(5, 200, 0.8), (20, 200, 0.8), (20, 1000, 0.9)])
def test_of_equally_good_nets_both_find_what_the_best_really_flatters(trials, images, accuracy):
    """The truth is known: all are as good as ``accuracy``, so all that the best has more is luck."""
    rng = np.random.default_rng(0)
    sets = [equally_good(rng, trials, images, accuracy) for _ in range(60)]
    truth = np.mean([scores.mean(axis=1).max() - accuracy for scores in sets])
    measured = np.mean([by_bootstrap(scores, draws=60, seed=seed).amount for seed, scores in enumerate(sets)])
    assert measured == pytest.approx(truth, rel=0.25)
    assert by_formula(trials, images, accuracy).amount == pytest.approx(truth, rel=0.2)


def test_where_one_net_is_clearly_best_it_hardly_flatters():
    rng = np.random.default_rng(1)
    scores = np.vstack([equally_good(rng, 9, 500, 0.5), equally_good(rng, 1, 500, 0.95)])
    assert by_bootstrap(scores).amount < 0.005


def test_nets_that_answer_alike_do_not_flatter():
    right = np.random.default_rng(2).random(300) < 0.8
    assert by_bootstrap(np.tile(right, (20, 1))).amount < 0.005


def test_it_is_said_in_words_and_the_same_each_time():
    scores = equally_good(np.random.default_rng(3), 10, 100, 0.7)
    assert by_bootstrap(scores) == by_bootstrap(scores)
    assert "The best of 10 trials looks better than it is: measured on 100 validation images" in str(
        by_bootstrap(scores).message
    )
    assert "if all were equally good, by about 2.3% on 900" in str(by_formula(12, 900, 0.78).message)
