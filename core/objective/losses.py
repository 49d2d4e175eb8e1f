"""The losses, and how each wants the labels."""

from dataclasses import dataclass
from typing import Literal

from core.message import mark

LossName = Literal[
    "categorical_crossentropy", "sparse_categorical_crossentropy", "binary_crossentropy", "mean_squared_error"
]

LabelEncoding = Literal["index", "one_hot", "number"]


@dataclass(frozen=True)
class Loss:
    """``title`` is the loss as people call it, ``summary`` when to take it; ``formula`` is LaTeX for one image."""

    title: str
    summary: str
    formula: str


LOSSES: dict[LossName, Loss] = {
    "categorical_crossentropy": Loss(
        mark("Categorical cross-entropy"),
        mark("One of several classes: the last layer has one unit per class and softmax."),
        r"-\log p_{\text{true class}}",
    ),
    "sparse_categorical_crossentropy": Loss(
        mark("Sparse categorical cross-entropy"),
        mark("The same loss as categorical cross-entropy, with labels kept as numbers: less memory for many classes."),
        r"-\log p_{\text{true class}}",
    ),
    "binary_crossentropy": Loss(
        mark("Binary cross-entropy"),
        mark("Two classes: the last layer has one unit and sigmoid."),
        r"-\left(y \log p + (1 - y) \log (1 - p)\right)",
    ),
    "mean_squared_error": Loss(
        mark("Mean squared error"),
        mark("For predicting a number: the last layer has one unit and no activation."),
        r"(y - \hat y)^2",
    ),
}
"""The losses by Keras's names, in the order in which they are offered. Formulas: https://keras.io/api/losses/"""


def label_encoding(loss: LossName, units: int) -> LabelEncoding:
    """How labels are given to ``loss`` for an output of ``units`` numbers.

    ``index``: whole numbers, shape (images,). ``one_hot``: shape (images, units). ``number``: the label itself as
    one number, shape (images, 1).
    """
    if loss == "sparse_categorical_crossentropy":
        return "index"
    return "number" if units == 1 else "one_hot"
