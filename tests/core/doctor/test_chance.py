"""How often chance alone makes the doctor speak, on curves that tremble; drawn by seed."""

import numpy as np
import pytest

from core.doctor import diagnose
from tests.core.doctor.made import case, falling

CURVES = 200
MOST_WRONG = 0.05

LOST_GROUND = {"divergence", "class_collapse", "oscillation", "overfitting"}


def noisy(curve, share, random):
    return curve * (1 + share * random.standard_normal(len(curve)))


def share_that_says(kinds, make) -> float:
    random = np.random.default_rng(0)
    said = [kinds & {finding.kind for finding in diagnose(make(random))} for _ in range(CURVES)]
    return sum(map(bool, said)) / CURVES


@pytest.mark.parametrize("epochs", [8, 20, 40])
@pytest.mark.parametrize("share", [0.1, 0.2])
def test_a_trembling_validation_loss_that_stays_is_hardly_ever_called_overfitting(epochs, share):
    def flat(random):
        return case(falling(1.1, 0.1, epochs), noisy(np.full(epochs, 0.4), share, random), is_over=False)

    assert share_that_says({"overfitting"}, flat) <= MOST_WRONG


@pytest.mark.parametrize("epochs", [8, 20, 40])
def test_a_training_that_goes_well_is_hardly_ever_blamed(epochs):
    def well(random):
        losses, val_losses = (noisy(falling(1.1, end, epochs), 0.05, random) for end in (0.15, 0.2))
        accuracies, val_accuracies = (random.binomial(600, np.linspace(0.5, end, epochs)) / 600 for end in (0.95, 0.94))
        return case(losses, val_losses, accuracies, val_accuracies, is_over=False)

    assert share_that_says(LOST_GROUND | {"rate_too_low", "validation_above_training"}, well) <= MOST_WRONG


@pytest.mark.parametrize("images", [30, 100, 300])
def test_equal_accuracies_are_hardly_ever_called_apart(images):
    """The same validation images each epoch: what chance made of them stays."""

    def equal(random):
        validation = random.binomial(images, 0.8) / images
        counts = (images // 3, images // 3, images - 2 * (images // 3))
        return case(falling(1.1, 0.5, 10), falling(1.1, 0.5, 10), 0.8, validation, counts=counts, is_over=False)

    assert share_that_says({"overfitting", "validation_above_training"}, equal) <= MOST_WRONG
