"""Layer normalization: https://keras.io/api/layers/normalization_layers/layer_normalization/"""

from typing import ClassVar, Literal

from core.architecture.layer import Purpose
from core.architecture.normalization import Normalization
from core.message import mark


class LayerNormalization(Normalization):
    """Brings the channels at each position to mean 0 and variance 1, then scales and shifts them."""

    purpose: ClassVar[Purpose] = Purpose.REGULARIZING
    summary: ClassVar[str] = mark("Brings the channels of each position to a common scale, whatever the batch.")

    kind: Literal["LayerNormalization"] = "LayerNormalization"
