"""What is read from the shape of a curve."""

import numpy as np
import pytest

from core.doctor.curve_shape import fall, last_third, level, smoothed, tremble


def test_the_noise_on_a_long_curve_is_found_again():
    noise = np.random.default_rng(0).normal(0, 0.3, 20_000)
    assert tremble(5 + noise) == pytest.approx(0.3, rel=0.03)


@pytest.mark.parametrize("curve", [[8, 4, 2, 1, 0.5, 0.2], [1, 2, 4, 8, 16], [3, 3, 3, 3], [1, 9, 1]])
def test_a_curve_that_goes_one_way_or_is_short_does_not_tremble(curve):
    assert tremble(np.array(curve, dtype=float)) == 0


def test_a_single_outlier_moves_neither_the_level_nor_the_smoothed_curve():
    curve = np.array([1.0, 1.0, 9.0, 1.0, 1.0, 9.0])
    assert level(curve) == 1.0
    assert smoothed(curve)[:5].tolist() == [1.0] * 5


@pytest.mark.parametrize(("epochs", "expected"), [(0, 0), (1, 0), (2, 0), (3, 1), (4, 2), (6, 4), (7, 4), (20, 13)])
def test_the_last_third_has_two_epochs_at_least(epochs, expected):
    assert last_third(epochs) == expected


def test_a_fall_is_a_share_of_where_it_began():
    assert fall(np.array([2.0, 1.0, 0.5]), 1) == 0.5
    assert fall(np.array([1.0, 2.0])) == -1
    assert fall(np.array([0.0, 2.0])) == 0
