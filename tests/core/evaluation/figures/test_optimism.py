import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evaluation.figures.optimism import optimism

RIGHT = 0.8


@pytest.mark.parametrize(("openings", "images"), [(0, 50), (1, 50)])
def test_a_test_set_that_was_opened_once_does_not_flatter(openings, images):
    assert (optimism(openings, images).by_choosing, optimism(openings, images).by_adapting) == (0, 0)


# sqrt(ln 2 / 1800) and sqrt(ln 902 / 1800); sqrt(ln 3 / 1800) and sqrt(ln 812 703 / 1800)
@pytest.mark.parametrize(("openings", "choosing", "adapting"), [(2, 0.01962, 0.06149), (3, 0.02471, 0.08695)])
def test_the_bounds_for_900_images_are_those_worked_by_hand(openings, choosing, adapting):
    found = optimism(openings, 900)
    assert (found.by_choosing, found.by_adapting) == (
        pytest.approx(choosing, abs=1e-5),
        pytest.approx(adapting, abs=1e-5),
    )


@pytest.mark.parametrize(("openings", "images"), [(2, 100), (10, 100), (50, 400)])
def test_the_best_of_equal_models_flatters_by_less_than_the_bound(openings, images):
    """Models that are all right in 80 % of cases, drawn anew 4,000 times."""
    accuracies = np.random.default_rng(0).binomial(images, RIGHT, (4000, openings)) / images
    gained = accuracies.max(axis=1).mean() - RIGHT
    assert 0 < gained < optimism(openings, images).by_choosing


def test_who_asks_about_each_image_gains_more_than_by_choosing_alone():
    """Each model differs from the best so far on one image; what helped is kept. All of them are right by chance."""
    images, openings, generator = 40, 41, np.random.default_rng(1)
    gains = []
    for _ in range(400):
        right = generator.random(images) < 0.5
        for image in range(openings - 1):
            right[image] |= generator.random() < 0.5
        gains.append(right.mean() - 0.5)
    assert optimism(openings, images).by_choosing < np.mean(gains) < optimism(openings, images).by_adapting


@given(openings=st.integers(1, 40), images=st.integers(1, 100_000))
def test_more_openings_flatter_more_and_more_images_less(openings, images):
    here, oftener, larger = optimism(openings, images), optimism(openings + 1, images), optimism(openings, 2 * images)
    assert 0 <= here.by_choosing <= here.by_adapting <= 1
    assert here.by_adapting <= oftener.by_adapting
    assert larger.by_choosing <= here.by_choosing
