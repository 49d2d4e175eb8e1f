"""Curves made by hand, each with what is to be seen in it, and nothing else."""

import numpy as np
import pytest

from core.doctor import diagnose
from tests.core.doctor.made import case, falling, trembling

UP_AND_DOWN = np.tile([0.8, 1.4], 5)
HEALTHY = case(falling(1.1, 0.10, 20), falling(1.0, 0.20, 20), planned=30, is_over=False)

CASES = {
    "healthy, and on its way": (HEALTHY, []),
    "one epoch is no curve": (case([1.1], [1.0]), []),
    "two epochs of few images": (
        case([1.1, 0.5], [1.0, 0.6], counts=(5, 5), planned=9, is_over=False),
        ["small_validation_set"],
    ),
    "the loss is not a number": (case([1.1], [1.0], has_diverged=True), ["divergence"]),
    "the loss grows": (case([1.1, 0.9, 2.0, 3.5, 4.0], [1.0, 1.2, 2.5, 3.0, 4.2]), ["divergence"]),
    "the loss rose once and came back": (
        case([1.1, 1.9, 0.8, 0.6, 0.5], [1.0, 1.5, 0.9, 0.7, 0.65], is_over=False),
        [],
    ),
    "up and down": (case(UP_AND_DOWN, UP_AND_DOWN, 0.6, 0.6, is_over=False), ["oscillation"]),
    "a little up and down": (
        case(trembling(falling(1.1, 0.3, 12), 0.02), falling(1.0, 0.35, 12), planned=20, is_over=False),
        [],
    ),
    "hardly falling": (case(np.linspace(1.10, 1.02, 8), np.linspace(1.11, 1.04, 8), 0.40, 0.41), ["rate_too_low"]),
    "not falling at all": (case(np.full(5, 1.0986), np.full(5, 1.0986), 1 / 3, 0.35, is_over=False), []),
    "learnt by heart": (
        case(falling(1.1, 0.01, 20), np.concatenate([falling(1.0, 0.4, 8), np.linspace(0.45, 0.9, 12)]), 0.99, 0.9),
        ["overfitting"],
    ),
    "a validation loss that only trembles": (
        case(falling(1.1, 0.1, 20), trembling(np.full(20, 0.4), 0.15), 0.95, 0.9, planned=40, is_over=False),
        ["plateau"],
    ),
    "learnt by heart, though the validation loss still creeps down": (
        case(falling(1.1, 0.1, 20), falling(1.1, 0.8, 20), np.linspace(0.4, 0.98, 20), np.linspace(0.4, 0.7, 20)),
        ["overfitting"],
    ),
    "too weak": (case(falling(1.1, 0.7, 20), falling(1.1, 0.72, 20), 0.70, 0.69), ["underfitting"]),
    "nothing learnt at all": (case(falling(1.11, 1.0986, 12), 1.0987, 0.34, 0.35), ["plateau"]),
    "dropout alone makes the training loss tremble": (
        case(np.tile([0.8, 1.4], 5), falling(1.1, 0.6, 10), 0.8, 0.85, is_over=False, dropout=0.5),
        ["validation_above_training"],
    ),
    "slow at first, then faster": (
        case([1.15, 1.14, 1.12, 1.09, 1.05, 1.0], [1.14, 1.13, 1.11, 1.08, 1.03, 0.98], 0.4, 0.42, is_over=False),
        [],
    ),
    "without validation images": (case(falling(1.1, 0.1, 20), np.nan, 0.9, np.nan, counts=(0, 0, 0)), []),
    "numbers, learnt by heart": (
        case(falling(9.0, 0.1, 12), [8, 4, 2, 1, 1.2, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2], np.nan, np.nan, counts=()),
        ["overfitting"],
    ),
    "still falling at the end": (case(np.linspace(1.1, 0.3, 6), np.linspace(1.0, 0.4, 6), 0.9, 0.88), ["not_finished"]),
    "stopped while it was falling": (
        case(np.linspace(1.1, 0.3, 6), np.linspace(1.0, 0.4, 6), 0.9, 0.88, planned=20),
        [],
    ),
    "standing still": (
        case(falling(1.1, 0.2, 12), np.concatenate([falling(1.0, 0.5, 6), np.full(6, 0.5)]), planned=30, is_over=False),
        ["plateau"],
    ),
    "better on validation without a reason": (
        case(falling(1.1, 0.3, 10), falling(0.9, 0.15, 10), 0.85, 0.95, planned=20, is_over=False),
        ["validation_above_training"],
    ),
    "better by chance": (
        case(falling(1.1, 0.3, 10), falling(0.9, 0.25, 10), 0.90, 0.915, planned=20, is_over=False),
        [],
    ),
    "few validation images": (
        case(falling(1.1, 0.1, 10), falling(1.0, 0.2, 10), counts=(10, 10, 10), planned=20, is_over=False),
        ["small_validation_set"],
    ),
    "one answer to everything": (
        case(falling(1.1, 1.0, 6), falling(1.1, 1.0, 6), 0.34, 1 / 3, predicted_counts=(600, 0, 0), is_over=False),
        ["class_collapse"],
    ),
    "an accuracy that is the share of a class": (
        case(
            [1.2, 1.1, 1.09, 1.1, 1.1],
            [1.09, 1.1, 1.09, 1.1, 1.09],
            0.27,
            0.25,
            counts=(300, 150, 150),
            planned=9,
            is_over=False,
        ),
        ["class_collapse"],
    ),
    "nearly all images are of one class": (
        case(
            falling(0.5, 0.2, 6),
            falling(0.5, 0.2, 6),
            0.95,
            0.95,
            counts=(570, 30),
            predicted_counts=(600, 0),
            is_over=False,
        ),
        [],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_doctor_sees_what_is_there_and_nothing_else(name):
    found, expected = CASES[name]
    assert [finding.kind for finding in diagnose(found)] == expected


def test_overfitting_is_marked_from_the_best_epoch_on():
    (finding,) = diagnose(CASES["learnt by heart"][0])
    assert (finding.first_epoch, finding.last_epoch, finding.figure) == (7, 20, "loss"), (
        "of the curve without its outliers"
    )


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (case([1.1, 0.9, 2.0, 3.5, 4.0], [1.0, 1.2, 2.5, 3.0, 4.2]), (2, 5)),
        (case([1.1, 0.9], [1.0, 1.2], planned=5, has_diverged=True), (2, 3)),
        (case([], [], planned=5, has_diverged=True), (1, 1)),
        (case([1.1, np.nan, 0.9], [1.0, 1.2, 2.5]), (1, 2)),
    ],
)
def test_divergence_is_marked_where_the_loss_grows(found, expected):
    (finding,) = diagnose(found)
    assert (finding.kind, finding.first_epoch, finding.last_epoch) == ("divergence", *expected)


def test_dropout_makes_a_better_validation_harmless():
    curves = (falling(1.1, 0.3, 10), falling(0.9, 0.15, 10), 0.85, 0.95)
    (plain,) = diagnose(case(*curves, planned=20, is_over=False))
    (handicapped,) = diagnose(case(*curves, planned=20, is_over=False, dropout=0.5))
    assert (plain.control, handicapped.control) == ("split", "layers")
