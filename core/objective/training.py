"""How an architecture is trained."""

from math import ceil
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from core.message import mark
from core.objective.losses import LossName
from core.objective.optimizers import AnyOptimizer


class Training(BaseModel):
    """Loss, optimizer and the course of the training. Defaults are those of Keras's ``fit``."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    loss: Annotated[LossName, Field(description=mark("What is made small: how wrong an answer is, as one number."))]
    optimizer: Annotated[AnyOptimizer, Field(description=mark("How the weights are moved to make the loss small."))]
    batch_size: Annotated[int, Field(ge=1, le=65536, description=mark("Images per update of the weights."))] = 32
    epochs: Annotated[
        int, Field(ge=1, le=10000, description=mark("How often all training images are gone through."))
    ] = 1
    seed: Annotated[
        int,
        Field(ge=0, le=2**32 - 1, description=mark("The same seed gives the same first weights and order of images.")),
    ] = 0

    def updates_per_epoch(self, images: int) -> int:
        """ceil(images / batch size): the last batch may be smaller."""
        return ceil(images / self.batch_size)
