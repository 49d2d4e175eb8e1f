"""How the learning rate changes in the course of a training.

Formulas: https://keras.io/api/optimizers/learning_rate_schedules/; one cycle: Smith and Topin, "Super-Convergence"
(2018), https://arxiv.org/abs/1708.07120, in the form of
https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.OneCycleLR.html
"""

from math import cos, floor, pi
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field

from core.message import mark
from core.objective.epochs import MOST_EPOCHS

KerasSchedule = tuple[str, dict[str, Any]]
"""The name of a Keras schedule class, and its arguments."""

WarmUp = Annotated[
    float,
    Field(
        ge=0,
        le=MOST_EPOCHS,
        description=mark(
            "For so many epochs at the beginning, the learning rate grows from 0: the first steps of a fresh net are "
            "in no good direction."
        ),
    ),
]
DecayRate = Annotated[
    float, Field(gt=0, lt=1, description=mark("What the learning rate is multiplied by: 0.5 makes it half."))
]


class Schedule(BaseModel):
    """The course of the learning rate as a value; the optimizer's ``learning_rate`` is where it begins, or its peak."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    summary: ClassVar[str]

    kind: str

    def rate(self, step: int, learning_rate: float, steps_per_epoch: int, epochs: int) -> float:
        """The learning rate of the step before which ``step`` steps were done.

        Behind the last of ``steps_per_epoch`` × ``epochs`` steps, its rate is kept.
        """
        steps = steps_per_epoch * epochs
        return learning_rate * self._share(max(min(step, steps - 1), 0), steps_per_epoch, max(steps, 1))

    def turns(self, steps_per_epoch: int, epochs: int) -> tuple[int, ...]:
        """The steps, in order, at which the rate jumps or its course gets a corner."""
        return ()

    def keras_schedule(self, learning_rate: float, steps_per_epoch: int, epochs: int) -> KerasSchedule | None:
        """Name and arguments of the Keras schedule that gives the same rates; None where Keras has none, or a plain
        number does."""
        return None

    def changed(self, **arguments: Any) -> Self:
        """This schedule with other arguments, validated."""
        return type(self).model_validate(dict(self) | arguments)

    def _share(self, step: int, steps_per_epoch: int, steps: int) -> float:
        """The rate as a share of the optimizer's learning rate; ``step`` is at least 0 and below ``steps``."""
        raise NotImplementedError


class WarmedUp(Schedule):
    """A schedule that may begin with a warm-up, behind which its own course begins."""

    warmup_epochs: WarmUp = 0.0

    def warmup_steps(self, steps_per_epoch: int) -> int:
        """How many steps have a rate below the full one."""
        return round(self.warmup_epochs * steps_per_epoch)

    def turns(self, steps_per_epoch: int, epochs: int) -> tuple[int, ...]:
        warmup = self.warmup_steps(steps_per_epoch)
        return (warmup,) if 0 < warmup < steps_per_epoch * epochs else ()

    def _share(self, step: int, steps_per_epoch: int, steps: int) -> float:
        warmup = self.warmup_steps(steps_per_epoch)
        if step < warmup:
            return step / warmup
        return self._share_behind(step - warmup, steps_per_epoch, steps - warmup)

    def _share_behind(self, step: int, steps_per_epoch: int, steps: int) -> float:
        """As `_share`, counted from the end of the warm-up."""
        raise NotImplementedError


class Constant(WarmedUp):
    """The same rate for every step."""

    summary: ClassVar[str] = mark("The learning rate stays as it is.")

    kind: Literal["Constant"] = "Constant"

    def _share_behind(self, step: int, steps_per_epoch: int, steps: int) -> float:
        return 1.0


class _Decaying(WarmedUp):
    """``decay_rate`` to the power of the steps done, counted in units of ``decay_epochs``."""

    decay_rate: DecayRate = 0.5
    decay_epochs: Annotated[
        float, Field(gt=0, le=MOST_EPOCHS, description=mark("In so many epochs it is multiplied once."))
    ] = 5.0

    is_staircase: ClassVar[bool]

    def decay_steps(self, steps_per_epoch: int) -> int:
        """`decay_epochs` in steps: at least 1."""
        return max(round(self.decay_epochs * steps_per_epoch), 1)

    def keras_schedule(self, learning_rate: float, steps_per_epoch: int, epochs: int) -> KerasSchedule | None:
        if self.warmup_steps(steps_per_epoch):
            return None
        return "ExponentialDecay", {
            "initial_learning_rate": learning_rate,
            "decay_steps": self.decay_steps(steps_per_epoch),
            "decay_rate": self.decay_rate,
            "staircase": self.is_staircase,
        }

    def _share_behind(self, step: int, steps_per_epoch: int, steps: int) -> float:
        each = self.decay_steps(steps_per_epoch)
        return self.decay_rate ** (step // each if self.is_staircase else step / each)


class StepDecay(_Decaying):
    """Keras's ExponentialDecay with a staircase."""

    summary: ClassVar[str] = mark("Every few epochs the learning rate drops by a factor, and stays there.")

    kind: Literal["StepDecay"] = "StepDecay"
    is_staircase: ClassVar[bool] = True

    def turns(self, steps_per_epoch: int, epochs: int) -> tuple[int, ...]:
        each = self.decay_steps(steps_per_epoch)
        first = self.warmup_steps(steps_per_epoch) + each
        return (*super().turns(steps_per_epoch, epochs), *range(first, steps_per_epoch * epochs, each))


class ExponentialDecay(_Decaying):
    """https://keras.io/api/optimizers/learning_rate_schedules/exponential_decay/"""

    summary: ClassVar[str] = mark("With every step the learning rate shrinks by the same small share.")

    kind: Literal["ExponentialDecay"] = "ExponentialDecay"
    is_staircase: ClassVar[bool] = False


class CosineDecay(WarmedUp):
    """https://keras.io/api/optimizers/learning_rate_schedules/cosine_decay/; Loshchilov and Hutter, 2016."""

    summary: ClassVar[str] = mark(
        "The learning rate falls along half a cosine over the whole training: slowly at first, and slowly at the end."
    )

    kind: Literal["CosineDecay"] = "CosineDecay"
    alpha: Annotated[
        float, Field(ge=0, le=1, description=mark("The share of the learning rate that is left at the end."))
    ] = 0.0

    def keras_schedule(self, learning_rate: float, steps_per_epoch: int, epochs: int) -> KerasSchedule | None:
        warmup = self.warmup_steps(steps_per_epoch)
        steps = max(steps_per_epoch * epochs - warmup, 1)
        if not warmup:
            return "CosineDecay", {
                "initial_learning_rate": learning_rate,
                "decay_steps": steps,
                "alpha": self.alpha,
            }
        return "CosineDecay", {
            "initial_learning_rate": 0.0,
            "decay_steps": steps,
            "alpha": self.alpha,
            "warmup_target": learning_rate,
            "warmup_steps": warmup,
        }

    def _share_behind(self, step: int, steps_per_epoch: int, steps: int) -> float:
        return _along_cosine(1.0, self.alpha, step / steps)


class OneCycle(Schedule):
    """Smith and Topin, 2018; the optimizer's learning rate is the peak."""

    summary: ClassVar[str] = mark(
        "The learning rate rises from a small value to its peak and then falls to almost nothing. With it, a larger "
        "learning rate can be taken, and fewer epochs do."
    )

    kind: Literal["OneCycle"] = "OneCycle"
    rise: Annotated[
        float, Field(gt=0, lt=1, description=mark("The share of the training in which the learning rate rises."))
    ] = 0.3
    start_divisor: Annotated[
        float, Field(ge=1, le=1e9, description=mark("The first learning rate is the peak divided by this."))
    ] = 25.0
    end_divisor: Annotated[
        float, Field(ge=1, le=1e9, description=mark("The last learning rate is the first one divided by this."))
    ] = 1e4

    def turns(self, steps_per_epoch: int, epochs: int) -> tuple[int, ...]:
        """The peak, where a step falls on it, else those beside it."""
        steps = steps_per_epoch * epochs
        peak = self._peak(steps)
        return tuple(sorted({step for step in (floor(peak), floor(peak) + 1) if 0 < step < steps}))

    def _share(self, step: int, steps_per_epoch: int, steps: int) -> float:
        """Rise and fall end at the last step of each, so that the last step of all has the last rate."""
        peak, last = self._peak(steps), steps - 1
        first = 1 / self.start_divisor
        if step <= peak:
            return _along_cosine(first, 1.0, step / peak if peak else 1.0)
        return _along_cosine(1.0, first / self.end_divisor, (step - peak) / (last - peak))

    def _peak(self, steps: int) -> float:
        """How many steps are done before the peak: not always a whole number, and at least 0."""
        return max(self.rise * steps - 1, 0.0)


def _along_cosine(start: float, end: float, done: float) -> float:
    """From ``start`` to ``end`` along half a cosine, of which the share ``done`` is behind."""
    return end + (start - end) * (1 + cos(pi * done)) / 2


AnySchedule = Annotated[Constant | StepDecay | ExponentialDecay | CosineDecay | OneCycle, Field(discriminator="kind")]

SCHEDULES: dict[str, type[Schedule]] = {kind.__name__: kind for kind in get_args(get_args(AnySchedule)[0])}
"""The schedules by kind, in the order in which they are offered."""
