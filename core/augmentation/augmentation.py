"""What every way of changing training images has in common."""

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from core.message import mark

VALUE_RANGE = (0, 255)
"""The lowest and the highest number a pixel can have, where images are changed."""

FillMode = Annotated[
    Literal["reflect", "wrap", "constant", "nearest"],
    Field(
        description=mark(
            "What comes in from outside the image: its mirror image (reflect), its opposite side (wrap), black "
            "(constant) or the pixel at its edge (nearest)."
        )
    ),
]


class Augmentation(BaseModel):
    """A Keras augmentation layer as a value: ``kind`` is the name of its class, the other fields are its arguments.
    It takes float32 images of 0–255, (images, height, width, channels), and keeps their shape.

    Source: https://keras.io/api/layers/preprocessing_layers/image_augmentation/
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    summary: ClassVar[str]

    kind: str

    def keras_arguments(self) -> dict[str, Any]:
        """The keyword arguments for the Keras class named by ``kind``, without a seed."""
        return self.model_dump(exclude={"kind"})

    def changed(self, **arguments: Any) -> Self:
        """This augmentation with other arguments, validated."""
        return type(self).model_validate(dict(self) | arguments)
