"""Batch normalization: https://keras.io/api/layers/normalization_layers/batch_normalization/"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.architecture.layer import Layer, Purpose, Shape
from core.message import mark


class BatchNormalization(Layer):
    """Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it."""

    purpose: ClassVar[Purpose] = Purpose.REGULARIZING
    summary: ClassVar[str] = mark("Brings each channel to a common scale, so that training is steadier.")

    kind: Literal["BatchNormalization"] = "BatchNormalization"
    momentum: Annotated[
        float, Field(ge=0, le=1, description=mark("How slowly the remembered mean and variance follow the batches."))
    ] = 0.99
    epsilon: Annotated[
        float, Field(gt=0, le=1, description=mark("Added to the variance, against division by zero."))
    ] = 0.001
    center: Annotated[bool, Field(description=mark("Learn a shift for each channel."))] = True
    scale: Annotated[bool, Field(description=mark("Learn a factor for each channel."))] = True

    def parameters(self, input_shape: Shape) -> int:
        """Per channel a mean and a variance, which are not trained, and a shift and a factor, which are."""
        return (2 + self.center + self.scale) * input_shape[-1]

    def trained_parameters(self, input_shape: Shape) -> int:
        return (self.center + self.scale) * input_shape[-1]
