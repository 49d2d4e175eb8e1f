"""An activation by itself: https://keras.io/api/layers/core_layers/activation/"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.architecture.activations import ActivationName
from core.architecture.layer import Layer, Purpose
from core.message import mark


class Activation(Layer):
    """Passes every number through one function."""

    purpose: ClassVar[Purpose] = Purpose.SHAPING
    summary: ClassVar[str] = mark("Passes every number through one function, such as relu.")

    kind: Literal["Activation"] = "Activation"
    activation: Annotated[ActivationName, Field(description=mark("The function each number passes through."))]
