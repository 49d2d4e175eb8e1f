"""Each rule on both sides of each of its thresholds: it speaks on the one, and is silent on the other."""

import numpy as np
import pytest

from core.doctor import diagnose
from tests.core.doctor.made import case, falling

STILL = [1.0, 1.01, 1.0, 1.01, 1.0, 1.01]
FALLS = np.linspace(1.0, 0.5, 6)
TOP = [10.0, 10.0, 10.0]


def zigzag(height, times=5):
    return np.tile([1.0, 1.0 + height], times)


def by_steps(*steps):
    """A loss that begins at 1 and falls by these."""
    return np.concatenate([[1.0], 1.0 - np.cumsum(steps)])


def jumping(loss, val_loss=None):
    return case(loss, loss if val_loss is None else val_loss, 0.6, 0.6, is_over=False)


def judged(*predicted, counts=(200, 200, 200)):
    return case(STILL, STILL, 0.4, 0.4, counts=counts, predicted_counts=predicted, is_over=False)


def standing(accuracy=0.5, val_accuracy=0.5, counts=(150, 150), val_loss=STILL):
    return case(STILL, val_loss, accuracy, val_accuracy, counts=counts, is_over=False)


def slow(loss, accuracy=0.4, **further):
    return case(loss, loss, accuracy, 0.4, is_over=False, **further)


def by_heart(rise=1.2, fall=0.5, since=4, trembles=0.0):
    """The validation loss is least, 1, in two epochs; behind the first of them are ``since`` more."""
    losses = [*np.linspace(2, 1, 6), 1.0, *np.full(since - 1, fall)]
    behind = np.full(since - 1, rise) + trembles * np.resize([0, 0, 1], since - 1)
    return case(losses, [*np.linspace(1.5, 1.1, 5), 1.0, 1.0, *behind], is_over=False)


def lagging(val_accuracy):
    """With batch normalization: validation is misjudged at first, and its loss rises."""
    val_losses = [1.0, 1.0, 1.3, 1.6, 1.9, 2.2, 2.5, 2.8]
    return case(falling(1.1, 0.1, 8), val_losses, 0.95, val_accuracy, normalizes=True, is_over=False)


def apart(gap, counts=(200, 200, 200), since=3):
    far = np.where(np.arange(8) >= 8 - since, gap, 0.0)
    return case(falling(1.1, 0.5, 8), falling(1.1, 0.6, 8), 0.8 + far, 0.8, counts=counts, is_over=False)


def weak(accuracy=0.7, val_accuracy=None, last=0.98, epochs=8, **further):
    losses = np.concatenate([np.linspace(1.5, 1.0, epochs - 4), np.linspace(1.0, last, 5)[1:]])
    return case(losses, losses, accuracy, accuracy if val_accuracy is None else val_accuracy, **further)


def ended(val_loss, **further):
    return case(np.linspace(1.0, 0.5, len(val_loss)), val_loss, **further)


def flat(since, least=1.0, before=4):
    """A validation loss that falls to ``least`` and, behind it, ends at 1 for ``since`` epochs."""
    return case(
        np.linspace(1.0, 0.9, before + since), [*np.linspace(1.5, least, before), *np.full(since, 1.0)], is_over=False
    )


def above(accuracy, val_accuracy, epochs=8, counts=(2000, 2000, 2000)):
    return case(
        falling(1.1, 0.5, epochs), falling(1.1, 0.4, epochs), accuracy, val_accuracy, counts=counts, is_over=False
    )


def few(images, accuracy, is_over=True):
    return case(FALLS, FALLS, accuracy, accuracy, planned=9, counts=(images, 0), is_over=is_over)


BOTH_SIDES = {
    "divergence, twice its least": (
        "divergence",
        jumping([1.0, 0.6, 1.21, 1.21, 1.21]),
        jumping([1.0, 0.6, 1.19, 1.19, 1.19]),
    ),
    "divergence, above its first": (
        "divergence",
        jumping([1.5, 0.6, 1.51, 1.51, 1.51]),
        jumping([1.5, 0.6, 1.49, 1.49, 1.49]),
    ),
    "divergence, four epochs": ("divergence", jumping([1.0, 0.4, 1.2, 1.2]), jumping([1.0, 0.4, 1.2])),
    "collapse, nearly all answers": ("class_collapse", judged(594, 3, 3), judged(593, 4, 3)),
    "collapse, no class is so common": (
        "class_collapse",
        judged(600, 0, counts=(539, 61)),
        judged(600, 0, counts=(540, 60)),
    ),
    "collapse, five epochs": (
        "class_collapse",
        standing(val_accuracy=[0.6, 0.5, 0.5, 0.5, 0.5, 0.5]),
        standing(val_accuracy=[0.6, 0.6, 0.5, 0.5, 0.5, 0.5]),
    ),
    "collapse, as many as a class has": (
        "class_collapse",
        standing(val_accuracy=150 / 300),
        standing(val_accuracy=151 / 300),
    ),
    "collapse, fifty images": (
        "class_collapse",
        standing(counts=(25, 25)),
        standing(val_accuracy=25 / 49, counts=(25, 24)),
    ),
    "collapse, training is near": ("class_collapse", standing(0.54), standing(0.56)),
    "collapse, the loss does not only fall": (
        "class_collapse",
        standing(val_loss=[1.0, 0.99, 0.98, 0.97, 0.975, 0.97]),
        standing(val_loss=[1.0, 0.99, 0.98, 0.97, 0.965, 0.96]),
    ),
    "oscillation, so far": ("oscillation", jumping(zigzag(0.165)), jumping(zigzag(0.16))),
    "oscillation, three rises": ("oscillation", jumping(zigzag(0.4, 3)), jumping([1.0, 1.4, 1.0, 1.4, 1.0, 0.9])),
    "oscillation, half of the steps turn": (
        "oscillation",
        jumping(np.tile([1.6, 1.3, 1.0], 4)),
        jumping(np.tile([1.6, 1.4, 1.2, 1.0], 4)),
    ),
    "oscillation, no trifle": (
        "oscillation",
        jumping([*TOP, *np.tile([0.1, 0.45], 5)]),
        jumping([*TOP, *np.tile([0.1, 0.35], 5)]),
    ),
    "oscillation, of both curves": (
        "oscillation",
        jumping(zigzag(0.4), zigzag(0.17)),
        jumping(zigzag(0.4), zigzag(0.1)),
    ),
    "slow, at most": ("rate_too_low", slow(np.linspace(1, 0.851, 8)), slow(np.linspace(1, 0.849, 8))),
    "slow, at least": ("rate_too_low", slow(np.linspace(1, 1 - 1.1e-5, 8)), slow(np.linspace(1, 1 - 0.9e-5, 8))),
    "slow, nearly every step": (
        "rate_too_low",
        slow(by_steps(*[0.01] * 9, -0.001)),
        slow(by_steps(*[0.01] * 8, -0.001, -0.001)),
    ),
    "slow, not ever slower": (
        "rate_too_low",
        slow(by_steps(*[0.01] * 4, *[0.0051] * 4)),
        slow(by_steps(*[0.01] * 4, *[0.0049] * 4)),
    ),
    "slow, not ever faster": (
        "rate_too_low",
        slow(by_steps(*[0.01] * 4, *[0.0124] * 4)),
        slow(by_steps(*[0.01] * 4, *[0.0126] * 4)),
    ),
    "slow, five epochs": ("rate_too_low", slow(np.linspace(1, 0.9, 5)), slow(np.linspace(1, 0.9, 4))),
    "slow, not yet good": ("rate_too_low", slow(FALLS / 5 + 0.8, 0.89), slow(FALLS / 5 + 0.8, 0.9)),
    "slow, the rate is not being raised": (
        "rate_too_low",
        slow(FALLS / 5 + 0.8, rates=[1e-5, 1e-5, 1e-5, 1e-5, 1e-5, 1e-5]),
        slow(FALLS / 5 + 0.8, rates=[1e-5, 2e-5, 3e-5, 4e-5, 5e-5, 6e-5]),
    ),
    "overfitting, so much risen": ("overfitting", by_heart(rise=1.11), by_heart(rise=1.09)),
    "overfitting, more than it trembles": (
        "overfitting",
        by_heart(rise=1.2, since=10, trembles=0.05),
        by_heart(rise=1.2, since=10, trembles=0.4),
    ),
    "overfitting, training goes on": ("overfitting", by_heart(fall=0.89), by_heart(fall=0.91)),
    "overfitting, three epochs since": ("overfitting", by_heart(since=3), by_heart(since=2)),
    "overfitting, so far apart": ("overfitting", apart(0.11), apart(0.09)),
    "overfitting, further than chance": (  # 2 √(0.8 × 0.2 / 30) = 0.146
        "overfitting",
        apart(0.15, counts=(10, 10, 10)),
        apart(0.14, counts=(10, 10, 10)),
    ),
    "overfitting, three epochs apart": ("overfitting", apart(0.15, since=3), apart(0.15, since=2)),
    "overfitting, the averages are of use": ("overfitting", lagging(0.44), lagging(0.43)),
    "underfitting, below good": ("underfitting", weak(0.89), weak(0.9)),
    "underfitting, on validation too": ("underfitting", weak(0.7, 0.89), weak(0.7, 0.9)),
    "underfitting, not apart": ("underfitting", weak(0.7, 0.66), weak(0.7, 0.64)),
    "underfitting, stands still": ("underfitting", weak(last=0.975), weak(last=0.965)),
    "underfitting, eight epochs": ("underfitting", weak(epochs=8), weak(epochs=7)),
    "underfitting, better than guessing": ("underfitting", weak(0.39), weak(0.38)),
    "underfitting, over": ("underfitting", weak(), weak(is_over=False)),
    "not finished, so much": (
        "not_finished",
        ended([1.0, 0.93, 0.86, 0.8, 0.77, 0.731]),
        ended([1.0, 0.93, 0.86, 0.8, 0.77, 0.732]),
    ),
    "not finished, three epochs": ("not_finished", ended([1.0, 0.9, 0.8]), ended([1.0, 0.9])),
    "not finished, best at the end": (
        "not_finished",
        ended([1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.31]),
        ended([1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.3, 0.31, 0.31]),
    ),
    "not finished, more than it trembles": (
        "not_finished",
        ended([1.0, 0.9, 0.8, 0.7, 0.6, 0.5]),
        ended([1.0, 0.95, 0.9, 0.85, 0.8, 0.9, 0.78, 0.9, 0.75]),
    ),
    "not finished, all epochs done": ("not_finished", ended(FALLS, planned=6), ended(FALLS, planned=7)),
    "not finished, over": ("not_finished", ended(FALLS), ended(FALLS, is_over=False)),
    "plateau, hardly any gain": ("plateau", flat(5, least=1.009), flat(5, least=1.011)),
    "plateau, five epochs": ("plateau", flat(6, least=1.02), flat(5, least=1.02)),
    "plateau, a third of all": ("plateau", flat(6, before=12), flat(5, before=13, least=1.02)),
    "plateau, eight epochs": ("plateau", flat(5, before=3), flat(4, before=3)),
    "above, by a point": ("validation_above_training", above(0.98, 0.991), above(0.98, 0.989)),
    "above, more than chance": (  # 2 √(0.8 × 0.2 / 300) = 0.046
        "validation_above_training",
        above(0.8, 0.85, counts=(100, 100, 100)),
        above(0.8, 0.84, counts=(100, 100, 100)),
    ),
    "above, in two of three epochs": (
        "validation_above_training",
        above(0.8, [0.8, 0.8, 0.8, 0.9, 0.8, 0.9, 0.9], epochs=7),
        above(0.8, [0.8, 0.8, 0.8, 0.8, 0.8, 0.9, 0.9], epochs=7),
    ),
    "above, five epochs": ("validation_above_training", above(0.8, 0.9, 5), above(0.8, 0.9, 4)),
    "above, not only ahead by half an epoch": (
        "validation_above_training",
        above(np.linspace(0.5, 0.85, 8), np.linspace(0.5, 0.85, 8) + 0.07),
        above(np.linspace(0.5, 0.85, 8), np.linspace(0.5, 0.85, 8) + 0.05),
    ),
    "small, five points": ("small_validation_set", few(140, 0.9), few(150, 0.9)),
    "small, whatever it may become": (
        "small_validation_set",
        few(300, 0.5),
        few(300, 0.5, is_over=False),
    ),
}


@pytest.mark.parametrize("name", BOTH_SIDES)
def test_a_rule_speaks_on_one_side_of_its_threshold_only(name):
    kind, beyond, short = BOTH_SIDES[name]
    assert kind in kinds(beyond)
    assert kind not in kinds(short)


def kinds(found):
    return [finding.kind for finding in diagnose(found)]
