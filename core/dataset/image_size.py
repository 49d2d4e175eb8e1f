"""The size that every image of a run is brought to."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from core.message import mark

Fit = Literal["stretch", "pad", "crop"]


class ImageSize(BaseModel):
    """Height and width in pixels, 1 channel (grey) or 3 (red, green, blue), and what becomes of other proportions."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    height: int = Field(ge=1, le=1024, description=mark("Rows of pixels in each image after resizing."))
    width: int = Field(ge=1, le=1024, description=mark("Columns of pixels in each image after resizing."))
    channels: Literal[1, 3] = Field(description=mark("1 for grey images, 3 for colour images."))

    fit: Fit = Field(
        default="stretch",
        description=mark(
            "How an image of other proportions is brought to the size: stretch pulls it, pad adds black, crop cuts off "
            "what stands over."
        ),
    )

    @property
    def shape(self) -> tuple[int, int, int]:
        """``(height, width, channels)``."""
        return self.height, self.width, self.channels
