"""Penalties on weights, added to the loss. Formulas: https://keras.io/api/layers/regularizers/"""

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from core.message import mark

Strength1 = Annotated[
    float,
    Field(ge=0, le=10, description=mark("How much each weight costs by its size: drives weights to exactly zero.")),
]
Strength2 = Annotated[
    float, Field(ge=0, le=10, description=mark("How much each weight costs by its square: keeps weights small."))
]


class Regularizer(BaseModel):
    """A Keras regularizer as a value; ``kind`` is the name of the Keras class."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    kind: str

    def keras_arguments(self) -> dict[str, Any]:
        """The keyword arguments for the Keras class named by ``kind``."""
        return self.model_dump(exclude={"kind"})


class L1(Regularizer):
    """The sum of |weight| times ``l1``."""

    kind: Literal["L1"] = "L1"
    l1: Strength1 = 0.01


class L2(Regularizer):
    """The sum of weight² times ``l2``."""

    kind: Literal["L2"] = "L2"
    l2: Strength2 = 0.01


class L1L2(Regularizer):
    """Both sums."""

    kind: Literal["L1L2"] = "L1L2"
    l1: Strength1 = 0.0
    l2: Strength2 = 0.0


AnyRegularizer = Annotated[L1 | L2 | L1L2, Field(discriminator="kind")]

REGULARIZERS: dict[str, type[Regularizer]] = {kind.__name__: kind for kind in get_args(get_args(AnyRegularizer)[0])}
"""The regularizers by kind, in the order in which they are offered."""

FRESH_REGULARIZERS: dict[str, Regularizer] = {"L1": L1(l1=0.001), "L2": L2(l2=0.001), "L1L2": L1L2(l1=0.001, l2=0.001)}
"""A regularizer of each kind as it is first chosen: Keras's own 0.01 is too strong for most small nets."""

KernelRegularizer = Annotated[
    AnyRegularizer | None, Field(description=mark("A price on large weights, added to the loss, against overfitting."))
]
