"""What is measured besides loss and accuracy: means over images. Source: https://keras.io/api/metrics/"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from core.message import mark
from core.objective.losses import LabelEncoding

MetricName = Literal["top_3_accuracy", "top_5_accuracy", "mean_absolute_error", "mean_squared_error"]


@dataclass(frozen=True)
class Metric:
    """``title`` is the metric as people call it. ``is_share``: a share of the images, from 0 to 1, best at 1; the
    others are errors, best at 0. ``applies`` says for which labels and how many outputs it means something."""

    title: str
    summary: str
    is_share: bool
    applies: Callable[[LabelEncoding, int], bool]


def _among_several(labels: LabelEncoding, units: int) -> bool:
    return labels != "number" and units > 1


def _between_numbers(labels: LabelEncoding, units: int) -> bool:
    """An index is the name of a class, from which no answer has a distance."""
    return labels != "index"


METRICS: dict[MetricName, Metric] = {
    "top_3_accuracy": Metric(
        mark("Top-3 accuracy"),
        mark("The share of images whose true class is among the three likeliest answers."),
        True,
        _among_several,
    ),
    "top_5_accuracy": Metric(
        mark("Top-5 accuracy"),
        mark("The share of images whose true class is among the five likeliest answers."),
        True,
        _among_several,
    ),
    "mean_absolute_error": Metric(
        mark("Mean absolute error"),
        mark("How far the answers are from the labels, on average."),
        False,
        _between_numbers,
    ),
    "mean_squared_error": Metric(
        mark("Mean squared error"),
        mark("The mean of the squared distances between answers and labels: large mistakes count more."),
        False,
        _between_numbers,
    ),
}
"""The metrics by name, in the order in which they are offered."""

TOP: dict[MetricName, int] = {"top_3_accuracy": 3, "top_5_accuracy": 5}
"""How many of the likeliest answers a metric looks at, for those that do."""


def _each_once(names: Sequence[MetricName]) -> Sequence[MetricName]:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise PydanticCustomError("duplicate", mark("must not hold {name} twice"), {"name": twice})
    return names


Metrics = Annotated[
    tuple[MetricName, ...],
    Field(description=mark("What else is measured while training. It changes nothing in what the net learns.")),
    AfterValidator(_each_once),
]
