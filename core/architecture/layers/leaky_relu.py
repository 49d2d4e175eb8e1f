"""Leaky ReLU: https://keras.io/api/layers/activation_layers/leaky_relu/"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.architecture.layer import Layer, Purpose
from core.message import mark


class LeakyReLU(Layer):
    """Keeps positive numbers, and a share of negative ones."""

    purpose: ClassVar[Purpose] = Purpose.SHAPING
    summary: ClassVar[str] = mark("Keeps positive numbers, and a small share of negative ones.")

    kind: Literal["LeakyReLU"] = "LeakyReLU"
    negative_slope: Annotated[
        float, Field(ge=0, le=1, description=mark("The share of a negative number that is kept."))
    ] = 0.3
