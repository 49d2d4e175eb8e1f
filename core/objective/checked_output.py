"""The end of a net, as it is checked: its answers, the loss, and how many classes there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import prod

from core.architecture.dense_on_map import learned_channels
from core.architecture.global_pooling2d import GlobalPooling2D
from core.architecture.layer import Layer, Shape
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.global_average_pooling2d import GlobalAveragePooling2D
from core.architecture.place import behind
from core.architecture.readout import Readout
from core.architecture.shapes import is_wide_map
from core.architecture.summary import Summary
from core.message import Message
from core.objective.ending import ending
from core.objective.losses import LossName
from core.objective.output import ACTIVATION_LAYERS, PROBABILITIES, REGULARIZING, activation_of, output_positions
from core.problem import Fix, Problem, Severity


@dataclass(frozen=True)
class CheckedOutput:
    """The end of a net that works, and what it is asked for: ``classes`` is None where that is not known, and 0 where a
    number is to be predicted."""

    summary: Summary
    loss: LossName
    classes: int | None

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        return tuple(readout.layer for readout in self.summary.readouts)

    @property
    def image_shape(self) -> Shape:
        shape = self.summary.readouts[0].input_shape
        assert shape is not None
        return shape

    @cached_property
    def shape(self) -> Shape:
        assert self.summary.output_shape is not None
        return self.summary.output_shape

    @cached_property
    def enabled(self) -> tuple[Readout, ...]:
        """All that take part, up to the one that gives the answers: the last, but for what regularizes behind it."""
        enabled = [readout for readout in self.summary.readouts if not readout.layer.disabled]
        inside = len(enabled)
        while inside and isinstance(enabled[inside - 1].layer, REGULARIZING):
            inside -= 1
        return tuple(enabled[: inside or len(enabled)])

    @cached_property
    def positions(self) -> tuple[int, ...]:
        return output_positions(self.layers, self.classes)

    @cached_property
    def spoiling(self) -> tuple[Readout, ...]:
        """What regularizes the answers themselves."""
        if not self.positions and self.activation not in PROBABILITIES:
            return ()
        readouts = self.summary.readouts[self.answer.place[0] + 1 :]
        return tuple(readout for readout in readouts if not readout.layer.disabled)

    @property
    def has_dense(self) -> bool:
        """Whether a Dense gives the answers."""
        return any(isinstance(self.layers[position], Dense) for position in self.positions)

    @property
    def answer(self) -> Readout:
        return self.enabled[-1]

    @property
    def units(self) -> int:
        return self.shape[-1]

    @cached_property
    def activations(self) -> tuple[str, ...]:
        """What the answers pass through at last, the latest first, as far as nothing else comes between."""
        names: list[str] = []
        for readout in reversed(self.enabled):
            names.append(activation_of(readout.layer))
            if not _hands_on(readout):
                break
        return tuple(name for name in names if name != "linear") or ("linear",)

    @property
    def activation(self) -> str:
        return self.activations[0]

    @property
    def meant(self) -> LossName:
        """The loss that a repair leads to: the chosen one, unless that judges classes one by one which exclude each
        other, or judges classes where there are none."""
        if self.classes == 0:
            return "mean_squared_error"
        if self.loss == "binary_crossentropy" and self.classes != 2:
            return "categorical_crossentropy"
        return self.loss

    def problem(
        self, message: Message, *losses: LossName, severity: Severity = Severity.ERROR, first: tuple[Fix, ...] = ()
    ) -> Problem:
        """A problem of the answers, with a fix that makes the output fit each of ``losses``, behind ``first``."""
        return Problem(self.answer.place, message, (*first, *self._endings(losses)), severity)

    def endings_of_a_map(self) -> Iterator[Fix]:
        """What makes the answers of a net that ends with a map."""
        if self.classes is None or self.classes == 1:
            return
        yield ending(self.layers, self.meant, self.classes, is_map=True)
        if prod(self.shape[:2]) > 1 and learned_channels(self.summary.readouts, behind(self.answer.place)):
            yield ending(self.layers, self.meant, self.classes, is_map=True, bridge=GlobalAveragePooling2D())

    def _endings(self, losses: tuple[LossName, ...]) -> Iterator[Fix]:
        if self.classes is None or self.classes == 1:
            return
        for loss in dict.fromkeys(losses):
            yield ending(self.layers, loss, self.classes)


def _hands_on(readout: Readout) -> bool:
    """Whether the numbers behind it are those before it, or their means, which are probabilities where those are."""
    layer, shape = readout.layer, readout.input_shape or ()
    if isinstance(layer, Flatten | GlobalPooling2D):
        return isinstance(layer, GlobalAveragePooling2D) or not is_wide_map(shape)
    return isinstance(layer, ACTIVATION_LAYERS)
