"""The optimizers: fields are Keras's arguments with Keras's defaults. Source: https://keras.io/api/optimizers/"""

from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from core.message import mark

LearningRate = Annotated[float, Field(gt=0, le=100, description=mark("How large each step against the gradient is."))]
Momentum = Annotated[
    float, Field(ge=0, le=1, description=mark("How much of the last step is kept, so that steps build up speed."))
]
Epsilon = Annotated[float, Field(gt=0, le=1, description=mark("A small number against division by zero."))]
Beta1 = Annotated[float, Field(ge=0, lt=1, description=mark("How slowly the running mean of the gradients forgets."))]
Beta2 = Annotated[float, Field(ge=0, lt=1, description=mark("How slowly the running mean of their squares forgets."))]
WeightDecay = Annotated[
    float | None, Field(ge=0, le=1, description=mark("How strongly each step pulls the weights towards zero."))
]
LARGEST_LIMIT = 1e6
AMSGrad = Annotated[bool, Field(description=mark("Keep the largest mean of squares instead of the latest (AMSGrad)."))]

CLIPPINGS = ("clipnorm", "clipvalue", "global_clipnorm")
"""The fields of an optimizer that keep gradients small. At most one of them may be set."""


class Optimizer(BaseModel):
    """A Keras optimizer as a value; ``kind`` is the name of the Keras class."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    summary: ClassVar[str]

    kind: str
    learning_rate: LearningRate = 0.001
    weight_decay: WeightDecay = None
    clipnorm: Annotated[
        float | None,
        Field(
            gt=0,
            le=LARGEST_LIMIT,
            description=mark(
                "The gradient of each kernel or bias, where it is longer than this, is shortened to this length."
            ),
        ),
    ] = None
    clipvalue: Annotated[
        float | None,
        Field(
            gt=0, le=LARGEST_LIMIT, description=mark("Each number in the gradient is cut off at plus and minus this.")
        ),
    ] = None
    global_clipnorm: Annotated[
        float | None,
        Field(
            gt=0,
            le=LARGEST_LIMIT,
            description=mark(
                "The gradient of all weights together, where it is longer than this, is shortened to this length."
            ),
        ),
    ] = None

    @model_validator(mode="after")
    def _clips_in_one_way(self) -> Self:
        if sum(getattr(self, name) is not None for name in CLIPPINGS) > 1:
            raise PydanticCustomError(
                "clippings", mark("only one of clipnorm, clipvalue and global_clipnorm can be set")
            )
        return self

    @property
    def slots(self) -> int:
        """How many numbers it keeps for each parameter that is trained, from one step to the next."""
        raise NotImplementedError

    def keras_arguments(self) -> dict[str, Any]:
        """The keyword arguments for the Keras class named by ``kind``."""
        return self.model_dump(exclude={"kind"})


class SGD(Optimizer):
    """Stochastic gradient descent."""

    summary: ClassVar[str] = mark("Plain gradient descent: one step against the gradient per batch.")

    kind: Literal["SGD"] = "SGD"
    learning_rate: LearningRate = 0.01
    momentum: Momentum = 0.0
    nesterov: Annotated[bool, Field(description=mark("Look ahead along the momentum before taking the gradient."))] = (
        False
    )

    @property
    def slots(self) -> int:
        """The last step, where momentum keeps it."""
        return 1 if self.momentum else 0


class RMSprop(Optimizer):
    """Tieleman and Hinton, 2012."""

    summary: ClassVar[str] = mark("Divides each step by the recent size of its gradient.")

    kind: Literal["RMSprop"] = "RMSprop"
    rho: Annotated[float, Field(ge=0, lt=1, description=mark("How slowly the mean of squared gradients forgets."))] = (
        0.9
    )
    momentum: Momentum = 0.0
    epsilon: Epsilon = 1e-7
    centered: Annotated[bool, Field(description=mark("Divide by the variance of the gradients instead."))] = False

    @property
    def slots(self) -> int:
        """The mean of squares; the last step with momentum; the mean with ``centered``."""
        return 1 + bool(self.momentum) + self.centered


class Adam(Optimizer):
    """Kingma and Ba, 2014."""

    summary: ClassVar[str] = mark("Momentum and step sizes of its own for each weight: a good first choice.")

    kind: Literal["Adam"] = "Adam"
    beta_1: Beta1 = 0.9
    beta_2: Beta2 = 0.999
    epsilon: Epsilon = 1e-7
    amsgrad: AMSGrad = False

    @property
    def slots(self) -> int:
        """The mean, the mean of squares, and the largest of those with ``amsgrad``."""
        return 2 + self.amsgrad


class AdamW(Optimizer):
    """Loshchilov and Hutter, 2017."""

    summary: ClassVar[str] = mark("Adam that also pulls the weights towards zero, against overfitting.")

    kind: Literal["AdamW"] = "AdamW"
    weight_decay: Annotated[
        float, Field(ge=0, le=1, description=mark("How strongly each step pulls the weights towards zero."))
    ] = 0.004  # never None: Keras's AdamW has to have one
    beta_1: Beta1 = 0.9
    beta_2: Beta2 = 0.999
    epsilon: Epsilon = 1e-7
    amsgrad: AMSGrad = False

    @property
    def slots(self) -> int:
        """The mean, the mean of squares, and the largest of those with ``amsgrad``."""
        return 2 + self.amsgrad


class Adagrad(Optimizer):
    """Duchi, Hazan and Singer, 2011."""

    summary: ClassVar[str] = mark("Steps shrink for weights that have already moved much.")

    kind: Literal["Adagrad"] = "Adagrad"
    initial_accumulator_value: Annotated[
        float, Field(ge=0, le=10, description=mark("What the sum of squared gradients starts from."))
    ] = 0.1
    epsilon: Epsilon = 1e-7

    @property
    def slots(self) -> int:
        """The sum of squares."""
        return 1


AnyOptimizer = Annotated[Adam | AdamW | SGD | RMSprop | Adagrad, Field(discriminator="kind")]

OPTIMIZERS: dict[str, type[Optimizer]] = {kind.__name__: kind for kind in get_args(get_args(AnyOptimizer)[0])}
"""The optimizers by kind, in the order in which they are offered."""
