"""An evaluation as a person decided to use the answers."""

from dataclasses import replace

import numpy as np

from core.evaluation.confidence.temperature import threshold_with_temperature, with_temperature
from core.evaluation.evaluation import Evaluation
from core.runs.decisions import Decision


def decided(evaluation: Evaluation, decision: Decision) -> Evaluation:
    """``evaluation`` with its probabilities at the temperature of ``decision``, and of two classes the second one
    answered from its threshold on. Every image keeps an answer: ``least_confidence`` is not looked at."""
    probabilities = with_temperature(evaluation.probabilities, decision.temperature)
    predicted = decided_classes(probabilities, decision.threshold)
    confidence = probabilities[np.arange(len(predicted)), predicted]
    predictions = evaluation.predictions.assign(predicted=predicted, confidence=confidence)
    return replace(evaluation, predictions=predictions, probabilities=probabilities)


def decided_classes(probabilities: np.ndarray, threshold: float) -> np.ndarray:
    """The answers, (images,), to ``probabilities``, (images, classes): of two classes the second from ``threshold`` on,
    of more the most probable."""
    if probabilities.shape[1] == 2:
        return (probabilities[:, 1] >= threshold).astype(np.int64)
    return probabilities.argmax(axis=1)


def at_temperature(decision: Decision, temperature: float) -> Decision:
    """``decision`` with another ``temperature``, and with the threshold that gives the same answers then."""
    threshold = threshold_with_temperature(decision.threshold, temperature / decision.temperature)
    return replace(decision, temperature=temperature, threshold=threshold)


def confidence_and_right(evaluation: Evaluation) -> tuple[np.ndarray, np.ndarray]:
    """How sure each answer was, (images,), 0-1, and whether it was right, (images,)."""
    predictions = evaluation.predictions
    return predictions["confidence"].to_numpy(), (predictions["label"] == predictions["predicted"]).to_numpy()
