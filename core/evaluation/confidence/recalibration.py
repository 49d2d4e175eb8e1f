"""What a temperature that was learned from validation images makes of a model's answers."""

from dataclasses import dataclass, replace

from core.evaluation.confidence.temperature import cross_fitted, fitted_temperature, with_temperature
from core.evaluation.evaluation import Evaluation


@dataclass(frozen=True)
class Recalibration:
    """``temperature``: the one learned from all validation images. ``evaluation``: the answers as they can be expected
    to come out with it on images that it was not learned from."""

    temperature: float
    evaluation: Evaluation


def recalibrated(evaluation: Evaluation, validation: Evaluation) -> Recalibration | None:
    """``evaluation`` with a temperature learned from ``validation``, of the same run.

    Where they are the same images, each half of them is judged with the temperature of the other half. None where
    nothing can be learned: without mistakes.
    """
    labels = validation.predictions["label"].to_numpy()
    temperature = fitted_temperature(labels, validation.probabilities)
    if temperature is None:
        return None
    if evaluation.part == validation.part:
        probabilities = cross_fitted(labels, evaluation.probabilities)
    else:
        probabilities = with_temperature(evaluation.probabilities, temperature)
    if probabilities is None:
        return None
    predictions = evaluation.predictions
    confidence = probabilities[range(len(predictions)), predictions["predicted"]]
    judged = replace(evaluation, predictions=predictions.assign(confidence=confidence), probabilities=probabilities)
    return Recalibration(temperature, judged)
