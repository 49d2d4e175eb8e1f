"""Layer normalization: https://keras.io/api/layers/normalization_layers/layer_normalization/"""

from typing import ClassVar, Literal

from core.architecture.layer import Purpose, Shape
from core.architecture.normalization import Normalization
from core.architecture.receptive_field import ReceptiveField
from core.message import mark


class LayerNormalization(Normalization):
    """Brings the channels at each position to mean 0 and variance 1, then scales and shifts them."""

    purpose: ClassVar[Purpose] = Purpose.REGULARIZING
    summary: ClassVar[str] = mark("Brings the channels of each position to a common scale, whatever the batch.")

    kind: Literal["LayerNormalization"] = "LayerNormalization"

    def field_behind(self, field: ReceptiveField, input_shape: Shape) -> ReceptiveField:
        """Of a vector, every output sees all of it."""
        return field.merged if len(input_shape) == 1 else field
