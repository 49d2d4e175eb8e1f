"""Label smoothing and metrics that the labels do not allow."""

import inspect

import keras
import numpy as np
import pytest

from core.objective import LOSSES, Adam, LossName, Training
from core.objective.label_problems import SMOOTHED, label_problems

SPARSE, CATEGORICAL = "sparse_categorical_crossentropy", "categorical_crossentropy"

# Loss, outputs and settings; whether training is forbidden, and words of the sentence.
TOLD = [
    (SPARSE, 10, {"label_smoothing": 0.1}, True, "sparse_categorical_crossentropy cannot smooth its labels"),
    ("mean_squared_error", 10, {"label_smoothing": 0.1}, True, "mean_squared_error cannot smooth its labels"),
    ("binary_crossentropy", 1, {"metrics": ("top_3_accuracy",)}, True, "top_3_accuracy looks for the true class"),
    (SPARSE, 10, {"metrics": ("mean_squared_error",)}, True, "the label is one number, the position of the class"),
    (
        SPARSE,
        10,
        {"metrics": ("mean_absolute_error", "top_3_accuracy", "mean_squared_error")},
        True,
        "mean_absolute_error, mean_squared_error compares",
    ),
    (CATEGORICAL, 5, {"metrics": ("top_3_accuracy", "top_5_accuracy")}, False, "top_5_accuracy is always 100 %"),
    (CATEGORICAL, 3, {"metrics": ("top_3_accuracy",)}, False, "the net tells 3 classes apart"),
    (CATEGORICAL, 2, {"metrics": ("top_3_accuracy", "top_5_accuracy")}, False, "top_3_accuracy, top_5_accuracy is"),
]


@pytest.mark.parametrize(("loss", "units", "settings", "is_error", "words"), TOLD)
def test_what_the_labels_do_not_allow_is_told_and_each_fix_mends_it(
    loss: LossName, units: int, settings: dict, is_error: bool, words: str
) -> None:
    training = Training(loss=loss, optimizer=Adam(), **settings)

    (problem,) = label_problems(training, units)

    assert problem.forbids_training is is_error
    assert words in str(problem.message)
    assert problem.place is None
    assert problem.fixes
    for fix in problem.fixes:
        assert label_problems(training.model_copy(update=dict(fix.training)), units) == ()


def test_a_fix_that_takes_another_loss_keeps_what_was_asked_for() -> None:
    training = Training(loss=SPARSE, optimizer=Adam(), label_smoothing=0.1, metrics=("mean_absolute_error",))

    for problem in label_problems(training, 10):
        mended = training.model_copy(update=dict(problem.fixes[0].training))
        assert mended == training.model_copy(update={"loss": CATEGORICAL})


QUIET = [
    (CATEGORICAL, 10, {"label_smoothing": 0.1, "metrics": ("top_3_accuracy", "mean_squared_error")}),
    (CATEGORICAL, 6, {"metrics": ("top_5_accuracy",)}),
    (SPARSE, 10, {"metrics": ("top_5_accuracy",)}),
    ("binary_crossentropy", 1, {"label_smoothing": 0.1, "metrics": ("mean_absolute_error",)}),
    ("mean_squared_error", 1, {"metrics": ("mean_absolute_error", "mean_squared_error")}),
]


@pytest.mark.parametrize(("loss", "units", "settings"), QUIET)
def test_what_has_a_meaning_is_let_be(loss: LossName, units: int, settings: dict) -> None:
    assert label_problems(Training(loss=loss, optimizer=Adam(), **settings), units) == ()


@pytest.mark.parametrize("loss", LOSSES)
def test_labels_are_smoothed_where_keras_can(loss: LossName) -> None:
    kind = getattr(keras.losses, "".join(word.capitalize() for word in loss.split("_")))

    assert ("label_smoothing" in inspect.signature(kind).parameters) is (loss in SMOOTHED)


@pytest.mark.parametrize("answers", [2, 5, 6])
def test_top_5_of_keras_is_full_where_it_is_said_to_be(answers: int) -> None:
    """The worst answers: the true class is the least likely."""
    metric = keras.metrics.TopKCategoricalAccuracy(k=5)
    metric.update_state(np.eye(answers)[[0]], np.arange(answers, dtype="float32")[None])

    training = Training(loss=CATEGORICAL, optimizer=Adam(), metrics=("top_5_accuracy",))
    assert (float(metric.result()) == 1) is bool(label_problems(training, answers))
