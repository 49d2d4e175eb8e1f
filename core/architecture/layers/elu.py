"""Exponential linear unit: https://keras.io/api/layers/activation_layers/elu/"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.architecture.layer import Layer, Purpose
from core.message import mark


class ELU(Layer):
    """Keeps positive numbers; negative ones bend towards −alpha."""

    purpose: ClassVar[Purpose] = Purpose.SHAPING
    summary: ClassVar[str] = mark("Keeps positive numbers; negative ones bend smoothly towards a limit.")

    kind: Literal["ELU"] = "ELU"
    alpha: Annotated[float, Field(ge=0, le=100, description=mark("How far below 0 negative numbers can go."))] = 1.0
