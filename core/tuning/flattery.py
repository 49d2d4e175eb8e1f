"""By how much the best of several validation scores is better than it would be on new images.

Whoever takes the best of n scores takes the luckiest along with the best: the more trials and the fewer images, the
more of the lead is luck.
"""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Any

import numpy as np

from core.message import Message, say, say_count

DRAWS = 1000
SEED = 0
LEAST_SHARE = 0.0005
"""Smaller shares are said to be less than 0.1%."""


@dataclass(frozen=True)
class Flattery:
    """``amount``: by how much the best score is expected to flatter, in its own units (0–1 for an accuracy), never
    below 0. ``trials``: how many were looked at. ``message`` says in words how much that is and where it comes from.
    ``is_measured``: on the answers of the trials, and not reckoned from their number."""

    amount: float
    trials: int
    images: int
    message: Message
    is_measured: bool

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {
            "amount": self.amount,
            "trials": self.trials,
            "images": self.images,
            "measured": self.is_measured,
            "message": str(self.message),
        }


def by_bootstrap(
    scores: np.ndarray, *, draws: int = DRAWS, seed: int = SEED, is_loss: bool = False, missing: int = 0
) -> Flattery:
    """Measured: ``scores``, (trials, images), says of each validation image how good each trial's answer is: 1 for
    right and 0 for wrong; where it ``is_loss`` that trials are chosen by, minus its loss. At least one trial and two
    images. ``missing``: how many trials more the best was chosen among, whose runs were deleted since.

    Images are drawn with replacement, the trial is chosen that is best on them, and judged on the images that were not
    drawn; that is how much the choice is worth. By how much the best trial's score on all images is above the mean of
    it is what flatters: Tsamardinos, Greasidou and Borboudakis, 2018, Bootstrapping the out-of-sample predictions for
    efficient and accurate cross-validation (BBC-CV).
    """
    values = scores.astype(np.float64)
    trials, images = values.shape
    if trials < 2:
        return _of_no_choice(trials, images, is_measured=True)
    rng = np.random.default_rng(seed)
    worth = np.array([_worth_of_choice(values, rng) for _ in range(draws)])
    amount = max(0.0, float(values.mean(axis=1).max() - np.nanmean(worth)))
    message = say(
        "The best of {trials:,} trials looks better than it is: measured on {images:,} validation images, by "
        "{about}. Train the best again with fresh seeds, and open the test set once, at the end.",
        trials=trials,
        images=images,
        about=say("about {amount:.2g} of loss", amount=amount) if is_loss else _about(amount),
    )
    if missing:
        message = _without(missing, message)
    return Flattery(amount, trials, images, message, is_measured=True)


def by_formula(trials: int, images: int, accuracy: float) -> Flattery:
    """Reckoned: what ``trials`` equally good nets would flatter, each judged on as many other ``images``.
    ``accuracy`` is that of the best, 0–1.

    The accuracy of a net on n images has the standard deviation sqrt(p (1 − p) / n); the largest of k such normal
    variables lies z above their mean, with z = Φ⁻¹((k − 0.375) / (k + 0.25)): Blom, 1958, Statistical Estimates and
    Transformed Beta-Variables. Nobody knows p, and to take the best accuracy for it would find nothing where that is
    100 %. So p is what puts the best where it is: ``accuracy`` = p + z sqrt(p (1 − p) / n), which is solved as Wilson's
    score interval is (1927, Probable Inference). Trials that are judged on the same images err alike, and some are
    better than others: then it is less.
    """
    if trials < 2 or images < 1:
        return _of_no_choice(trials, images, is_measured=False)
    amount = accuracy - _common_accuracy(_expected_lead(trials), images, accuracy)
    message = say(
        "The best of {trials:,} trials looks better than it is: if all were equally good, by {about} on "
        "{images:,} validation images. Train the best again with fresh seeds, and open the test set once, at the end.",
        trials=trials,
        images=images,
        about=_about(amount),
    )
    return Flattery(amount, trials, images, message, is_measured=False)


def _of_no_choice(trials: int, images: int, *, is_measured: bool) -> Flattery:
    message = say("Nothing was chosen among several trials, so nothing flatters yet.")
    return Flattery(0.0, trials, images, message, is_measured)


def _without(missing: int, message: Message) -> Message:
    return say_count(
        "{told} {count} complete trial more is not counted, as its run was deleted; with it, it may be more.",
        "{told} {count:,} complete trials more are not counted, as their runs were deleted; with them, it may be more.",
        told=message,
        count=missing,
    )


def _about(share: float) -> Message:
    return say("less than 0.1%") if share < LEAST_SHARE else say("about {amount:.1%}", amount=share)


def _worth_of_choice(values: np.ndarray, rng: np.random.Generator) -> float:
    """The score, on images that were not drawn, of the trial that is best on those that were; NaN if all were drawn."""
    images = values.shape[1]
    counts = np.bincount(rng.integers(images, size=images), minlength=images)
    left_out = counts == 0
    if not left_out.any():
        return float("nan")
    best = int((values @ counts).argmax())
    return float(values[best, left_out].mean())


def _expected_lead(trials: int) -> float:
    """How far the largest of ``trials`` standard normal variables is expected above their mean."""
    return NormalDist().inv_cdf((trials - 0.375) / (trials + 0.25))


def _common_accuracy(lead: float, images: int, best: float) -> float:
    """The accuracy p of nets whose best is ``lead`` standard deviations above it, at ``best``: the root below it of
    (best − p)² = lead² p (1 − p) / images."""
    spread = lead**2 / images
    return (best + spread / 2 - sqrt(spread * best * (1 - best) + spread**2 / 4)) / (1 + spread)
