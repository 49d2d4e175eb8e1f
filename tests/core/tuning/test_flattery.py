"""By how much the best of several scores flatters, against what is simulated, published and worked out by hand."""

from math import sqrt

import numpy as np
import pytest

from core.tuning.flattery import by_bootstrap, by_formula

# The mean of the largest of k standard normal variables: Harter, 1961, Expected Values of Normal Order Statistics.
LARGEST_OF = {2: 0.5642, 3: 0.8463, 5: 1.1630, 10: 1.5388, 20: 1.8675, 50: 2.2491}


@pytest.mark.parametrize("best", [0.5, 0.8, 0.98])
@pytest.mark.parametrize("trials", LARGEST_OF)
def test_the_formula_has_the_published_means_of_the_largest(trials, best):
    amount = by_formula(trials, images=400, accuracy=best).amount
    of_all = best - amount
    assert amount / sqrt(of_all * (1 - of_all) / 400) == pytest.approx(LARGEST_OF[trials], rel=0.05)


@pytest.mark.parametrize(("trials", "images"), [(1, 100), (0, 100), (5, 0)])
def test_where_nothing_was_chosen_nothing_flatters(trials, images):
    flattery = by_formula(trials, images, 0.5)
    assert flattery.amount == 0
    assert str(flattery.message) == "Nothing was chosen among several trials, so nothing flatters yet."
    assert by_bootstrap(np.ones((1, 10))).message == flattery.message


@pytest.mark.parametrize(
    # With (1 - p)² = z² p (1 - p) / n at 100 %, p = n / (n + z²): for 10 trials z = 1.547 and z² = 2.392.
    ("images", "accuracy", "amount"),
    [(100, 1.0, 2.392 / 102.392), (1000, 1.0, 2.392 / 1002.392), (100, 0.0, 0.0)],
)
def test_the_best_of_ten_flatters_at_the_ends_too(images, accuracy, amount):
    assert by_formula(10, images, accuracy).amount == pytest.approx(amount, rel=0.001, abs=1e-12)


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


@pytest.mark.parametrize("accuracy", [0.5, 0.8, 0.95, 0.99])
@pytest.mark.parametrize(("trials", "images"), [(2, 1000), (5, 200), (20, 1000)])
def test_from_the_best_alone_the_formula_finds_on_average_what_it_flatters(trials, images, accuracy):
    rng = np.random.default_rng(0)
    best = rng.binomial(images, accuracy, size=(3000, trials)).max(axis=1) / images
    found = np.mean([by_formula(trials, images, each).amount for each in best])
    assert found == pytest.approx(best.mean() - accuracy, rel=0.25)


@pytest.mark.parametrize(("trials", "images", "accuracy"), [(5, 50, 0.95), (20, 50, 0.98), (20, 200, 0.995)])
def test_near_100_percent_the_formula_says_rather_too_much_than_nothing(trials, images, accuracy):
    """Of so few images the best has all right, whether the nets are as good as that or not."""
    rng = np.random.default_rng(0)
    best = rng.binomial(images, accuracy, size=(3000, trials)).max(axis=1) / images
    assert np.mean([by_formula(trials, images, each).amount for each in best]) > best.mean() - accuracy


def test_where_one_net_is_clearly_best_it_hardly_flatters():
    rng = np.random.default_rng(1)
    scores = np.vstack([equally_good(rng, 9, 500, 0.5), equally_good(rng, 1, 500, 0.95)])
    assert by_bootstrap(scores).amount < 0.005


def test_nets_that_answer_alike_do_not_flatter():
    right = np.random.default_rng(2).random(300) < 0.8
    flattery = by_bootstrap(np.tile(right, (20, 1)))
    assert flattery.amount < 0.005


def test_losses_flatter_in_their_own_units():
    """Of equally good nets whose losses on an image are exponential with mean 0.3, the best mean of n lies
    1.87 · 0.3 / sqrt(n) below, for 20 of them."""
    rng = np.random.default_rng(4)
    amounts = [by_bootstrap(-rng.exponential(0.3, (20, 400)), draws=60, is_loss=True).amount for _ in range(40)]
    assert np.mean(amounts) == pytest.approx(1.87 * 0.3 / sqrt(400), rel=0.25)
    assert "of loss" in str(by_bootstrap(-rng.exponential(0.3, (20, 400)), is_loss=True).message)


def test_it_is_said_in_words_and_the_same_each_time():
    scores = equally_good(np.random.default_rng(3), 10, 100, 0.7)
    assert by_bootstrap(scores) == by_bootstrap(scores)
    assert "The best of 10 trials looks better than it is: measured on 100 validation images" in str(
        by_bootstrap(scores).message
    )
    assert "if all were equally good, by about 2.3% on 900" in str(by_formula(12, 900, 0.78).message)


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (0, "at the end."),
        (1, "at the end. 1 complete trial more is not counted, as its run was deleted; with it, it may be more."),
        (
            7,
            "at the end. 7 complete trials more are not counted, as their runs were deleted; "
            "with them, it may be more.",
        ),
    ],
)
def test_trials_that_could_not_be_measured_are_said_to_be_missing(missing, said):
    flattery = by_bootstrap(np.ones((5, 50)), missing=missing)
    assert str(flattery.message).startswith("The best of 5 trials looks better")
    assert str(flattery.message).endswith(said)


def test_what_is_measured_to_be_nothing_is_said_to_be_little():
    assert "by less than 0.1%." in str(by_bootstrap(np.ones((5, 50))).message)
