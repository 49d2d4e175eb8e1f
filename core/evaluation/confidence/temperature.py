"""Making a model as sure as it is right, by one number that divides its logits: the temperature (Guo et al., 2017)."""

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax

from core.evaluation.confidence.halves import halves

LOWEST, HIGHEST = 0.05, 20.0
_LEAST_PROBABILITY = 1e-12
"""Probabilities of 0 are taken for this: the numbers of the model end before, and one image must not decide alone."""


def with_temperature(probabilities: np.ndarray, temperature: float) -> np.ndarray:
    """``probabilities``, (images, classes), as the softmax of their logarithms divided by ``temperature``.

    Above 1 they come closer together, below 1 they move apart, 1 leaves them as they are; their order never changes.
    """
    if temperature == 1:
        return probabilities
    return softmax(_logits(probabilities) / temperature, axis=1)


def threshold_with_temperature(threshold: float, temperature: float) -> float:
    """The threshold, 0-1, that parts the images of two classes at ``temperature`` as ``threshold`` does without; 0 and
    1 stay what they are."""
    if threshold in (0, 1):
        return threshold
    return float(with_temperature(np.array([[1 - threshold, threshold]]), temperature)[0, 1])


def fitted_temperature(labels: np.ndarray, probabilities: np.ndarray) -> float | None:
    """The temperature, between LOWEST and HIGHEST, that makes the true classes likeliest: the least negative
    log-likelihood. None where every image is right: the surer the better then, without end.

    ``labels``: (images,), positions of classes. ``probabilities``: (images, classes).
    """
    if (probabilities.argmax(axis=1) == labels).all():
        return None
    logits = _logits(probabilities)

    def negative_log_likelihood(log_temperature: float) -> float:
        chances = log_softmax(logits / np.exp(log_temperature), axis=1)
        return -float(chances[np.arange(len(labels)), labels].mean())

    bounds = np.log([LOWEST, HIGHEST])
    return float(np.exp(minimize_scalar(negative_log_likelihood, bounds=bounds, method="bounded").x))


def cross_fitted(labels: np.ndarray, probabilities: np.ndarray) -> np.ndarray | None:
    """``probabilities`` with temperatures that were not fitted on their own images: each half of the images, drawn by
    chance and always the same, gets the temperature of the other half. None where one half cannot have any.

    What a temperature is worth on new images is seen in these, not in those that it was fitted on.
    """
    softened = probabilities.copy()
    for own, other in halves(len(labels)):
        temperature = fitted_temperature(labels[other], probabilities[other])
        if temperature is None:
            return None
        softened[own] = with_temperature(probabilities[own], temperature)
    return softened


def _logits(probabilities: np.ndarray) -> np.ndarray:
    return np.log(np.maximum(probabilities, _LEAST_PROBABILITY))
