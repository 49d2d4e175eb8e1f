"""Spatial dropout: https://keras.io/api/layers/regularization_layers/spatial_dropout2d/"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from core.architecture.layer import Purpose
from core.architecture.maps import MapLayer
from core.message import mark


class SpatialDropout2D(MapLayer):
    """Sets a share of the channels to zero while training, each as a whole, and nothing afterwards."""

    purpose: ClassVar[Purpose] = Purpose.REGULARIZING
    summary: ClassVar[str] = mark("Switches whole channels off at random, in training only: neighbours look alike.")

    kind: Literal["SpatialDropout2D"] = "SpatialDropout2D"
    rate: Annotated[float, Field(ge=0, lt=1, description=mark("The share of channels that is switched off."))]
