"""An evaluation as a person decided to use the answers."""

from dataclasses import replace

import numpy as np

from core.evaluation.confidence.temperature import threshold_with_temperature, with_temperature
from core.evaluation.evaluation import Evaluation
from core.evaluation.probabilities import predicted_classes
from core.runs.decisions import UNDECIDED, Decision


def decided(evaluation: Evaluation, decision: Decision) -> Evaluation:
    """``evaluation`` with its probabilities at the temperature of ``decision``, and of two classes the second one
    answered from its threshold on. Every image keeps an answer: ``least_confidence`` is not looked at."""
    if (decision.temperature, decision.threshold) == (UNDECIDED.temperature, UNDECIDED.threshold):
        return evaluation
    probabilities = with_temperature(evaluation.probabilities, decision.temperature)
    predicted = predicted_classes(probabilities, decision.threshold)
    confidence = probabilities[np.arange(len(predicted)), predicted]
    predictions = evaluation.predictions.assign(predicted=predicted, confidence=confidence)
    return replace(evaluation, predictions=predictions, probabilities=probabilities)


def at_temperature(decision: Decision, temperature: float) -> Decision:
    """``decision`` with another ``temperature``, and with the threshold that gives the same answers then."""
    threshold = threshold_with_temperature(decision.threshold, temperature / decision.temperature)
    return replace(decision, temperature=temperature, threshold=threshold)


def confidence_and_right(evaluation: Evaluation) -> tuple[np.ndarray, np.ndarray]:
    """How sure each answer was, (images,), 0-1, and whether it was right, (images,)."""
    predictions = evaluation.predictions
    return predictions["confidence"].to_numpy(), (predictions["label"] == predictions["predicted"]).to_numpy()
