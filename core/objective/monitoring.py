"""What is done when the validation figures do not get better. Source: https://keras.io/api/callbacks/"""

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from core.message import mark
from core.objective.epochs import MOST_EPOCHS

Monitor = Literal["val_loss", "val_accuracy"]

Monitored = Annotated[Monitor, Field(description=mark("The figure on validation images that has to get better."))]
LeastChange = Annotated[
    float, Field(ge=0, le=100, description=mark("A change by no more than this does not count as better."))
]


class Monitoring(BaseModel):
    """A Keras callback that watches a figure on the validation images, as a value."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    summary: ClassVar[str]

    monitor: Monitored = "val_loss"

    def keras_arguments(self) -> dict[str, Any]:
        """The keyword arguments for the Keras class of the same name; whether low or high is better is not told."""
        return self.model_dump()

    def changed(self, **arguments: Any) -> Self:
        """The same with other arguments, validated."""
        return type(self).model_validate(dict(self) | arguments)


class EarlyStopping(Monitoring):
    """https://keras.io/api/callbacks/early_stopping/"""

    summary: ClassVar[str] = mark(
        "Ends the training when the validation figure has not got better for some epochs. It saves time, and keeps a "
        "net from learning the training images by heart."
    )

    patience: Annotated[
        int, Field(ge=0, le=MOST_EPOCHS, description=mark("After how many epochs without a better figure it ends."))
    ] = 0
    min_delta: LeastChange = 0.0
    start_from_epoch: Annotated[
        int, Field(ge=0, le=MOST_EPOCHS, description=mark("So many epochs at the beginning are not looked at."))
    ] = 0

    @property
    def earliest_end(self) -> int:
        """After which epoch, from 1, it ends a training in which nothing ever gets better."""
        return self.start_from_epoch + 1 + max(self.patience, 1)


class ReduceLROnPlateau(Monitoring):
    """https://keras.io/api/callbacks/reduce_lr_on_plateau/"""

    summary: ClassVar[str] = mark(
        "Takes smaller steps when the validation figure has not got better for some epochs: near the bottom, large "
        "steps jump over it."
    )

    factor: Annotated[
        float, Field(gt=0, lt=1, description=mark("What the learning rate is multiplied by: 0.1 makes it a tenth."))
    ] = 0.1
    patience: Annotated[
        int, Field(ge=0, le=MOST_EPOCHS, description=mark("After how many epochs without a better figure it acts."))
    ] = 10
    min_delta: LeastChange = 1e-4
    cooldown: Annotated[
        int, Field(ge=0, le=MOST_EPOCHS, description=mark("For so many epochs after it acted, it does not count."))
    ] = 0
    min_lr: Annotated[float, Field(ge=0, le=100, description=mark("The learning rate does not get below this."))] = 0.0

    @property
    def earliest(self) -> int:
        """After which epoch, from 1, it first acts in a training in which nothing ever gets better."""
        return 1 + max(self.patience, 1)


FRESH_EARLY_STOPPING = EarlyStopping(patience=5)
"""As it is first switched on: Keras's own patience of 0 ends at the first epoch that is not better."""

FRESH_REDUCE_ON_PLATEAU = ReduceLROnPlateau(factor=0.5, patience=3)
"""As it is first switched on: sooner than Keras's 10 epochs, which are more than most trainings here have."""
