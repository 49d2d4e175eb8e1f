"""How good a model's answer is, image by image."""

import numpy as np

from core.evaluation.evaluation import Evaluation
from core.evaluation.judge import Judged
from core.objective.training import Training

_LEAST_PROBABILITY = 1e-7
"""Keras takes no logarithm of less."""


def rights(evaluation: Evaluation) -> np.ndarray:
    """1 for each image whose class was found, else 0; (images,)."""
    predictions = evaluation.predictions
    return (predictions["label"] == predictions["predicted"]).to_numpy(dtype=np.float64)


def losses(judged: Judged, training: Training) -> np.ndarray:
    """What each image adds to the loss that ``training`` asks for, (images,), as `core.objective.losses` has it in a
    formula; without what regularizers add, which is the same for all images."""
    if not isinstance(judged, Evaluation):
        return judged.errors**2
    wanted = _wanted(judged, training.label_smoothing)
    if training.loss == "mean_squared_error":
        return ((judged.probabilities - wanted) ** 2).mean(axis=1)
    return -(wanted * np.log(np.maximum(judged.probabilities, _LEAST_PROBABILITY))).sum(axis=1)


def _wanted(evaluation: Evaluation, smoothing: float) -> np.ndarray:
    """The probabilities that the labels ask for, (images, classes): ``smoothing`` is spread over all classes."""
    images, classes = evaluation.probabilities.shape
    wanted = np.full((images, classes), smoothing / classes)
    wanted[np.arange(images), evaluation.predictions["label"].to_numpy()] += 1 - smoothing
    return wanted
