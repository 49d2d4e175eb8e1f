"""What is measured besides loss and accuracy: where it means something, and what its bounds are."""

import keras
import numpy as np
import pytest
from pydantic import ValidationError

from core.objective import METRICS, Adam, MetricName, Training
from core.objective.losses import LabelEncoding
from core.objective.metrics import TOP

APPLIES = [
    ("top_3_accuracy", "index", 10, True),
    ("top_3_accuracy", "one_hot", 10, True),
    ("top_5_accuracy", "one_hot", 2, True),
    ("top_5_accuracy", "number", 1, False),
    ("top_5_accuracy", "index", 1, False),
    ("mean_absolute_error", "one_hot", 10, True),
    ("mean_absolute_error", "number", 1, True),
    ("mean_absolute_error", "index", 10, False),
    ("mean_squared_error", "index", 10, False),
]


@pytest.mark.parametrize(("name", "labels", "units", "applies"), APPLIES)
def test_where_a_metric_means_something(name: MetricName, labels: LabelEncoding, units: int, applies: bool) -> None:
    assert METRICS[name].applies(labels, units) is applies


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_is_a_mean_over_images(name: MetricName) -> None:
    """The two of three images and the third by itself, in shares of two thirds and one."""
    kind = keras.metrics.TopKCategoricalAccuracy(k=TOP[name]) if name in TOP else keras.metrics.get(name)
    answers = keras.ops.softmax(np.random.default_rng(0).normal(size=(3, 9)).astype("float32"))
    labels = np.eye(9)[[0, 4, 8]]

    def measured(rows: slice) -> float:
        kind.reset_state()
        kind.update_state(labels[rows], answers[rows])
        return float(kind.result())

    assert measured(slice(3)) == pytest.approx(measured(slice(2)) * 2 / 3 + measured(slice(2, 3)) / 3)
    assert METRICS[name].is_share is (name in TOP)


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_is_described(name: MetricName) -> None:
    assert METRICS[name].title
    assert METRICS[name].summary.endswith(".")


@pytest.mark.parametrize("names", [("accuracy",), ("top_3_accuracy", "top_3_accuracy"), "top_3_accuracy"])
def test_a_training_refuses_metrics_that_are_unknown_or_named_twice(names) -> None:
    with pytest.raises(ValidationError):
        Training(loss="mean_squared_error", optimizer=Adam(), metrics=names)
