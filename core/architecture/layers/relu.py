"""ReLU with its settings: https://keras.io/api/layers/activation_layers/relu/"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.architecture.layer import Layer, Purpose
from core.message import mark


class ReLU(Layer):
    """Keeps positive numbers, up to a limit if there is one."""

    purpose: ClassVar[Purpose] = Purpose.SHAPING
    summary: ClassVar[str] = mark("Keeps positive numbers and sets negative ones to 0; a limit can be set.")

    kind: Literal["ReLU"] = "ReLU"
    max_value: Annotated[
        float | None, Field(ge=0, le=1000, description=mark("The largest number that is let through; none: any."))
    ] = None
    negative_slope: Annotated[
        float, Field(ge=0, le=1, description=mark("The share of a negative number that is kept."))
    ] = 0.0
    threshold: Annotated[
        float, Field(ge=0, le=1000, description=mark("Numbers below this one are treated as negative."))
    ] = 0.0
