"""How an architecture is trained."""

from math import ceil
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from core.message import mark
from core.objective.class_weights import ClassWeights
from core.objective.epochs import MOST_EPOCHS
from core.objective.losses import LossName
from core.objective.metrics import Metrics
from core.objective.monitoring import EarlyStopping, Monitor, ReduceLROnPlateau
from core.objective.optimizers import AnyOptimizer
from core.objective.schedules import AnySchedule, Constant


class Training(BaseModel):
    """Loss, optimizer and the course of the training. Defaults are those of Keras's ``fit``."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    loss: Annotated[LossName, Field(description=mark("What is made small: how wrong an answer is, as one number."))]
    optimizer: Annotated[AnyOptimizer, Field(description=mark("How the weights are moved to make the loss small."))]
    batch_size: Annotated[int, Field(ge=1, le=65536, description=mark("Images per update of the weights."))] = 32
    epochs: Annotated[
        int, Field(ge=1, le=MOST_EPOCHS, description=mark("How often all training images are gone through."))
    ] = 1
    seed: Annotated[
        int,
        Field(ge=0, le=2**32 - 1, description=mark("The same seed gives the same first weights and order of images.")),
    ] = 0
    metrics: Metrics = ()
    label_smoothing: Annotated[
        float,
        Field(
            ge=0,
            lt=1,
            description=mark(
                "The share of the label that is spread over all classes: with 0.1, the net need not be surer than "
                "about 90 %."
            ),
        ),
    ] = 0.0
    class_weights: ClassWeights = None
    standardize: Annotated[
        bool,
        Field(
            description=mark(
                "Learn the numbers to predict as distances from their mean, in standard deviations of the training "
                "images: a net begins near 0. Answers, loss and errors stay in the units of the numbers."
            )
        ),
    ] = False
    schedule: Annotated[
        AnySchedule, Field(description=mark("How the learning rate changes in the course of the training."))
    ] = Constant()
    early_stopping: Annotated[
        EarlyStopping | None,
        Field(description=mark("End before the last epoch when the validation figure does not get better.")),
    ] = None
    reduce_on_plateau: Annotated[
        ReduceLROnPlateau | None,
        Field(description=mark("Lower the learning rate when the validation figure does not get better.")),
    ] = None
    keep_best: Annotated[
        Monitor | None,
        Field(
            description=mark(
                "The finished model gets the weights of the epoch with the best validation figure; none: those of "
                "the last epoch."
            )
        ),
    ] = None
    mixed_precision: Annotated[
        bool,
        Field(
            description=mark(
                "Compute with numbers of half the size, and keep the weights exact: faster on a graphics processor "
                "of 2017 or later, slower without one."
            )
        ),
    ] = False

    def updates_per_epoch(self, images: int) -> int:
        """ceil(images / batch size): the last batch may be smaller."""
        return ceil(images / self.batch_size)
