"""What BatchNormalization and LayerNormalization share: a shift and a factor for each channel."""

from typing import Annotated

from pydantic import Field

from core.architecture.cost import Term, term
from core.architecture.layer import Layer, Shape
from core.message import mark


class Normalization(Layer):
    """Brings numbers to mean 0 and variance 1, then scales and shifts them."""

    epsilon: Annotated[
        float, Field(gt=0, le=1, description=mark("Added to the variance, against division by zero."))
    ] = 0.001
    center: Annotated[bool, Field(description=mark("Learn a shift for each channel."))] = True
    scale: Annotated[bool, Field(description=mark("Learn a factor for each channel."))] = True

    def parameter_terms(self, input_shape: Shape) -> tuple[Term, ...]:
        """Per channel a factor and a shift."""
        channels = (mark("channels"), input_shape[-1])
        factors = (term(mark("factors"), channels),) if self.scale else ()
        shifts = (term(mark("shifts"), channels),) if self.center else ()
        return (*factors, *shifts)
