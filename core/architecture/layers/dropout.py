"""Dropout: https://keras.io/api/layers/regularization_layers/dropout/"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.architecture.layer import Layer, Purpose
from core.message import mark


class Dropout(Layer):
    """Sets a share of its inputs to zero while training, and nothing afterwards."""

    purpose: ClassVar[Purpose] = Purpose.REGULARIZING
    summary: ClassVar[str] = mark(
        "Switches a share of its inputs off at random, in training only, against overfitting."
    )

    kind: Literal["Dropout"] = "Dropout"
    rate: Annotated[float, Field(ge=0, lt=1, description=mark("The share of inputs that is switched off."))]
