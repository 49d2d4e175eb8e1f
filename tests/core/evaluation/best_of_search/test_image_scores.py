"""What single images add to an accuracy and to a loss, against Keras."""

import keras
import numpy as np
import pandas as pd
import pytest

from core.evaluation.best_of_search.image_scores import losses, rights
from core.evaluation.evaluation import judge_answers
from core.objective import Training
from tests.core.evaluation.judged import classified, measured

LABELS = np.array([0, 1, 2, 2])
SHARES = np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.3, 0.3, 0.4], [1.0, 0.0, 0.0]])
TWO = np.array([0, 1, 1, 0])
ONE_UNIT = np.array([[0.1], [0.6], [0.3], [0.9]])


def judged(answers: np.ndarray, labels: np.ndarray):
    images = pd.DataFrame({"path": [f"{row}.png" for row in range(len(labels))], "label": labels})
    names = [str(label) for label in range(max(2, answers.shape[1]))]
    return judge_answers(answers, np.arange(len(labels)), images, names, "validation", openings=0)


def training(loss: str, **settings) -> Training:
    return Training.model_validate({"loss": loss, "optimizer": {"kind": "Adam"}, "epochs": 1} | settings)


def test_who_is_right_is_worked_by_hand():
    assert rights(classified([0, 1, 2, 2], [0, 2, 2, 1])).tolist() == [1, 0, 1, 0]


@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_categorical_cross_entropy_is_keras(smoothing):
    wanted = keras.losses.categorical_crossentropy(np.eye(3)[LABELS], SHARES, label_smoothing=smoothing)
    found = losses(judged(SHARES, LABELS), training("categorical_crossentropy", label_smoothing=smoothing))
    np.testing.assert_allclose(found, np.asarray(wanted), rtol=1e-4)


def test_sparse_categorical_cross_entropy_is_keras():
    wanted = keras.losses.sparse_categorical_crossentropy(LABELS, SHARES)
    found = losses(judged(SHARES, LABELS), training("sparse_categorical_crossentropy"))
    np.testing.assert_allclose(found, np.asarray(wanted), rtol=1e-4)


@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_binary_cross_entropy_is_keras(smoothing):
    wanted = keras.losses.binary_crossentropy(TWO[:, None].astype(float), ONE_UNIT, label_smoothing=smoothing)
    found = losses(judged(ONE_UNIT, TWO), training("binary_crossentropy", label_smoothing=smoothing))
    np.testing.assert_allclose(found, np.asarray(wanted), rtol=1e-4)


@pytest.mark.parametrize(
    ("answers", "labels", "wanted"), [(SHARES, LABELS, np.eye(3)[LABELS]), (ONE_UNIT, TWO, TWO[:, None])]
)
def test_squared_error_on_classes_is_keras(answers, labels, wanted):
    found = losses(judged(answers, labels), training("mean_squared_error"))
    np.testing.assert_allclose(found, np.asarray(keras.losses.mean_squared_error(wanted, answers)), rtol=1e-6)


def test_squared_error_on_numbers_is_worked_by_hand():
    found = losses(measured([1.0, 2.0, 4.0], [1.5, 2.0, 1.0]), training("mean_squared_error"))
    assert found.tolist() == [0.25, 0.0, 9.0]
