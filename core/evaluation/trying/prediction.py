"""What a trained model says of one image, used as a person has decided."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.evaluation.confidence.temperature import with_temperature
from core.evaluation.probabilities import predicted_classes, probabilities
from core.runs.decisions import Decision


@dataclass(frozen=True)
class Prediction:
    """``probabilities`` (0-1, they sum to 1) of ``class_names``, with the temperature that was decided for the run.

    ``likeliest`` is the position of the class that the model names: of two, the second from its threshold on.
    ``is_unsure`` is whether that one has less than the least confidence that was decided for the run: then the answer
    is "I don't know".
    """

    class_names: tuple[str, ...]
    probabilities: tuple[float, ...]
    likeliest: int
    is_unsure: bool

    @property
    def answer(self) -> int | None:
        """The position of the class that is the answer; None for "I don't know"."""
        return None if self.is_unsure else self.likeliest

    @property
    def confidence(self) -> float:
        """The probability of the class that the model names, 0-1."""
        return self.probabilities[self.likeliest]

    def top(self, count: int) -> list[tuple[str, float]]:
        """The names and probabilities of the ``count`` most probable classes, those first."""
        ranked = sorted(zip(self.class_names, self.probabilities, strict=True), key=lambda pair: -pair[1])
        return ranked[:count]


@dataclass(frozen=True)
class PredictedNumber:
    """The ``value`` that a model reads off an image, in the units of the numbers it was trained with."""

    value: float


Answer = Prediction | PredictedNumber
"""The first of a model for classes, the second of one for numbers."""


def answers(outputs: np.ndarray, class_names: Sequence[str], decision: Decision) -> list[Answer]:
    """What ``outputs``, (images, units), of a model say of each image; without ``class_names`` they are numbers.

    Of two classes, the second is named from the threshold of ``decision`` on; of more, the most probable. Threshold
    and least confidence are compared with the probabilities after the temperature.
    """
    if not class_names:
        return [PredictedNumber(float(value)) for value in outputs[:, 0]]
    shares = with_temperature(probabilities(outputs), decision.temperature)
    named = predicted_classes(shares, decision.threshold)
    return [_prediction(*each, tuple(class_names), decision) for each in zip(shares, named, strict=True)]


def _prediction(shares: np.ndarray, named: int, class_names: tuple[str, ...], decision: Decision) -> Prediction:
    is_unsure = bool(shares[named] < decision.least_confidence)
    return Prediction(class_names, tuple(shares.tolist()), int(named), is_unsure)
