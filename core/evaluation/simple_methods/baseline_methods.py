"""The simple methods that a net has to beat, all of scikit-learn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from core.message import mark

NEIGHBOURS = 5
MOST_STEPS = 200
"""Of the search for the weights of a logistic regression; one that is not at its end by then is taken as it is."""


@dataclass(frozen=True)
class Method:
    """``title`` stands at a bar, ``told`` within a sentence: "… is right on 83 %". ``features`` makes numbers, (images,
    features), of small images, (images, height, width, channels); ``model`` makes a model that learns from ``images``
    of them."""

    title: str
    told: str
    features: Callable[[np.ndarray], np.ndarray]
    model: Callable[[int], Any]


def pixels_of(images: np.ndarray) -> np.ndarray:
    """Every pixel by itself."""
    return images.reshape(len(images), -1)


def mean_colour(images: np.ndarray) -> np.ndarray:
    """The mean of each channel, (images, channels)."""
    return images.mean(axis=(1, 2))


def nothing(images: np.ndarray) -> np.ndarray:
    """The same for every image."""
    return np.zeros((len(images), 1), dtype=np.float32)


def _neighbours(images: int) -> int:
    return min(NEIGHBOURS, images)


FOR_CLASSES: Final[Mapping[str, Method]] = {
    "majority_class": Method(
        mark("Most frequent class"),
        mark("always answering the most frequent class"),
        nothing,
        lambda images: DummyClassifier(strategy="most_frequent"),
    ),
    "mean_colour": Method(
        mark("Mean colour"),
        mark("a logistic regression on the mean colour alone"),
        mean_colour,
        lambda images: make_pipeline(StandardScaler(), LogisticRegression(max_iter=MOST_STEPS)),
    ),
    "nearest_neighbours": Method(
        mark("Most similar images (k-NN)"),
        mark("the class of the most similar training images (k-NN on pixels)"),
        pixels_of,
        lambda images: KNeighborsClassifier(_neighbours(images)),
    ),
    "logistic_regression": Method(
        mark("Logistic regression on pixels"),
        mark("a logistic regression on the raw pixels"),
        pixels_of,
        lambda images: LogisticRegression(max_iter=MOST_STEPS),
    ),
}
"""By the names that the command line gives them, the simplest first."""

FOR_NUMBERS: Final[Mapping[str, Method]] = {
    "mean_number": Method(
        mark("Mean number"),
        mark("always answering the mean of the training numbers"),
        nothing,
        lambda images: DummyRegressor(strategy="mean"),
    ),
    "mean_colour": Method(
        mark("Mean colour"),
        mark("a ridge regression on the mean colour alone"),
        mean_colour,
        lambda images: make_pipeline(StandardScaler(), Ridge()),
    ),
    "nearest_neighbours": Method(
        mark("Most similar images (k-NN)"),
        mark("the mean number of the most similar training images (k-NN on pixels)"),
        pixels_of,
        lambda images: KNeighborsRegressor(_neighbours(images)),
    ),
    "ridge_regression": Method(
        mark("Ridge regression on pixels"),
        mark("a ridge regression on the raw pixels"),
        pixels_of,
        lambda images: Ridge(),
    ),
}


def methods(predicts_numbers: bool) -> Mapping[str, Method]:
    """The baselines by their names."""
    return FOR_NUMBERS if predicts_numbers else FOR_CLASSES
