"""Batch normalization: https://keras.io/api/layers/normalization_layers/batch_normalization/"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.architecture.cost import Term, term
from core.architecture.layer import Purpose, Shape
from core.architecture.normalization import Normalization
from core.message import mark


class BatchNormalization(Normalization):
    """Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it."""

    purpose: ClassVar[Purpose] = Purpose.REGULARIZING
    summary: ClassVar[str] = mark("Brings each channel to a common scale, so that training is steadier.")

    kind: Literal["BatchNormalization"] = "BatchNormalization"
    momentum: Annotated[
        float, Field(ge=0, le=1, description=mark("How slowly the remembered mean and variance follow the batches."))
    ] = 0.99

    def mixes_images(self) -> bool:
        """In training, mean and variance are those of the batch."""
        return True

    def parameter_terms(self, input_shape: Shape) -> tuple[Term, ...]:
        """Per channel a factor and a shift, which are trained, and a mean and a variance, which are not."""
        channels = (mark("channels"), input_shape[-1])
        remembered = (mark("means"), mark("variances"))
        statistics = (term(name, channels, is_trained=False) for name in remembered)
        return (*super().parameter_terms(input_shape), *statistics)
