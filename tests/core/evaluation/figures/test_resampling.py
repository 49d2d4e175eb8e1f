import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import bootstrap

from core.evaluation.figures import resampling
from core.evaluation.figures.resampling import RESAMPLES, Estimate, drawn_from_counts, drawn_means, estimate


@pytest.mark.parametrize("seed", range(3))
def test_the_interval_of_a_mean_is_that_of_scipy_but_for_chance(seed):
    values = np.random.default_rng(seed).exponential(3, 400)
    ours = estimate(values.mean(), drawn_means(values[:, np.newaxis])[:, 0]).interval
    theirs = bootstrap((values,), np.mean, n_resamples=20_000, method="percentile", rng=seed).confidence_interval
    assert ours == pytest.approx((theirs.low, theirs.high), rel=0.02)


def test_to_draw_kinds_is_to_draw_images():
    kinds = np.repeat([0, 1, 2], [70, 25, 5])
    of_counts = drawn_from_counts(lambda counts: counts / 100, np.bincount(kinds))
    of_images = drawn_means(np.eye(3)[kinds])
    assert of_counts.shape == of_images.shape == (RESAMPLES, 3)
    assert of_counts.mean(axis=0) == pytest.approx(of_images.mean(axis=0), abs=0.004)
    assert of_counts.std(axis=0) == pytest.approx(of_images.std(axis=0), rel=0.06)


def test_draws_in_several_blocks_are_those_in_one(monkeypatch):
    counts = np.array([5, 3, 2])
    at_once = drawn_from_counts(lambda drawn: drawn, counts)
    monkeypatch.setattr(resampling, "_COUNTS_AT_ONCE", 999)
    assert (drawn_from_counts(lambda drawn: drawn, counts) == at_once).all()
    assert (at_once.sum(axis=1) == 10).all()


def test_the_draws_are_the_same_each_time():
    values = np.arange(20.0)[:, np.newaxis]
    assert (drawn_means(values) == drawn_means(values)).all()


@pytest.mark.parametrize("drawn", [[1.0, 1.0, 1.0], [np.nan, np.nan], [np.nan, 0.5]])
def test_what_never_differs_has_no_interval(drawn):
    assert estimate(1.0, np.array(drawn)) == Estimate(1.0, None)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50), st.floats(-1e6, 1e6))
def test_an_interval_holds_its_figure(drawn, value):
    found = estimate(value, np.array(drawn))
    assert found.interval is None or found.interval[0] <= value <= found.interval[1]
