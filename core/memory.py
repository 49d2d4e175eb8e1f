"""What memory a training takes, and what to do where that is more than the machine has.

It is a sum of numbers of four bytes, and an estimate: TensorFlow frees some of them before the last are there, and
needs room to work in besides. `core.training.forecast` measures. Source: CS231n, "Computational considerations",
https://cs231n.github.io/convolutional-networks/#computational-considerations
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from math import inf

from core.architecture.cost import BYTES_PER_NUMBER, activation_bytes
from core.architecture.dense_on_map import learned_channels
from core.architecture.editing import replace
from core.architecture.large_flatten import junctions
from core.architecture.layer import Layer, Shape
from core.architecture.layers.global_average_pooling2d import GlobalAveragePooling2D
from core.architecture.layers.residual import Residual
from core.architecture.naming import named
from core.architecture.readout import Readout
from core.architecture.shapes import steps, work
from core.architecture.summary import Summary, summarize
from core.message import Message, say
from core.objective import Training
from core.objective.beginning import new_net
from core.problem import Fix, Problem, Severity

PASSES = 2
"""The forward pass keeps what every layer hands on until the backward pass has come back to it, which makes a gradient
of the same size for each of these numbers."""

DIVISORS = (2, 4, 8)
"""How much smaller a layer may be made: beyond that it would be another net."""

UNCERTAINTY = 1.5
"""The estimate can be about a third too high: an error is only what needs more than this many times the memory."""

Net = tuple[Message, tuple[Layer, ...]]
"""What is changed, and the layers with that change."""


@dataclass(frozen=True)
class TrainingMemory:
    """Bytes that a training holds at once, for a batch. ``optimizer``: what it keeps for each trained parameter."""

    weights: int
    gradients: int
    optimizer: int
    activations: int

    @property
    def total(self) -> int:
        return self.weights + self.gradients + self.optimizer + self.activations


@dataclass(frozen=True)
class NetSize:
    """What of a net takes memory: see `core.architecture.summary.Summary`."""

    parameters: int
    trained_parameters: int
    activations: int


@lru_cache(maxsize=128)
def net_size(layers: tuple[Layer, ...], image_shape: Shape) -> NetSize | None:
    """Of ``layers``, without a whole summary; None where one of them cannot work."""
    if not work(layers, image_shape):
        return None
    pairs = tuple(steps(layers, image_shape))
    return NetSize(
        parameters=sum(layer.parameters(shape) for layer, shape in pairs),
        trained_parameters=sum(layer.trained_parameters(shape) for layer, shape in pairs),
        activations=sum(layer.activations(shape) for layer, shape in pairs),
    )


def training_memory(net: Summary | Readout | NetSize, training: Training) -> TrainingMemory:
    """Of a whole net or of one of its layers, where it works."""
    trained = (net.trained_parameters or 0) * BYTES_PER_NUMBER
    return TrainingMemory(
        weights=(net.parameters or 0) * BYTES_PER_NUMBER,
        gradients=trained,
        optimizer=trained * training.optimizer.slots,
        activations=activation_bytes(net.activations or 0, training.batch_size) * PASSES,
    )


def memory_problems(
    layers: tuple[Layer, ...], image_shape: Shape, training: Training, memory_bytes: int, classes: int | None = None
) -> tuple[Problem, ...]:
    """What is said, at the layer that takes most, where training a net that works needs more than ``memory_bytes``.

    It is an error from `UNCERTAINTY` times that on, and a warning below. Where nothing makes the net fit, it is to be
    replaced, if the number of ``classes`` is known.
    """
    summary = summarize(layers, image_shape)
    needed = training_memory(summary, training)
    if needed.total <= memory_bytes:
        return ()
    plan = _Plan(layers, image_shape, training, memory_bytes, classes)
    largest = max(_single(summary.walk()), key=lambda readout: training_memory(readout, training).total)
    severity = Severity.ERROR if needed.total > UNCERTAINTY * memory_bytes else Severity.WARNING
    message = say("{first} {second}", first=_needed(needed, memory_bytes, severity), second=_share(training, largest))
    return (Problem(largest.place, message, plan.fixes(largest), severity),)


def gigabytes(size: int) -> str:
    """``size`` in bytes, in units of 10⁹."""
    amount = size / 10**9
    return f"{amount:,.1f}" if amount >= 10 else f"{amount:.2f}"


def _single(readouts: Iterator[Readout]) -> Iterator[Readout]:
    return (readout for readout in readouts if not readout.inner)


def _needed(needed: TrainingMemory, memory_bytes: int, severity: Severity) -> Message:
    sizes = {"needed": gigabytes(needed.total), "available": gigabytes(memory_bytes)}
    if severity is Severity.ERROR:
        return say("The training needs about {needed} GB of memory, but there are {available} GB.", **sizes)
    return say(
        "The training may not fit into memory: it needs about {needed} GB by estimate, and there are {available} GB.",
        **sizes,
    )


def _share(training: Training, largest: Readout) -> Message:
    share = training_memory(largest, training)
    return say(
        "{layer} takes {share} GB: {weights} GB for its weights, their gradients and the optimizer, {activations} GB "
        "for its output on a batch of {batch_size:,}.",
        layer=named(largest.layer, largest.place),
        share=gigabytes(share.total),
        weights=gigabytes(share.total - share.activations),
        activations=gigabytes(share.activations),
        batch_size=training.batch_size,
    )


@dataclass(frozen=True)
class _Plan:
    """A training that is too large, and the ways to make it fit. Each is worked out before it is offered."""

    layers: tuple[Layer, ...]
    image_shape: Shape
    training: Training
    memory_bytes: int
    classes: int | None

    def fixes(self, largest: Readout) -> tuple[Fix, ...]:
        """Single steps that are enough, or else steps that are with a smaller batch, or else another net."""
        single = (
            *self._smaller_batch(),
            *self._first_that_fits(self._averaged()),
            *self._first_that_fits(self._smaller(largest)),
        )
        if single:
            return single
        pairs = (
            *self._first_with_smaller_batch(self._averaged()),
            *self._first_with_smaller_batch(self._smaller(largest)),
        )
        return pairs or tuple(self._first_with_smaller_batch(self._divided())) or tuple(self._begun_anew())

    def _smaller_batch(self) -> Iterator[Fix]:
        batch_size = self._largest_batch(self.layers)
        if batch_size:
            yield Fix(say("Set batch_size to {size:,}", size=batch_size), training={"batch_size": batch_size})

    def _first_that_fits(self, nets: Iterable[Net]) -> Iterator[Fix]:
        fitting = (Fix(message, layers) for message, layers in nets if self._fits(layers))
        yield from islice(fitting, 1)

    def _first_with_smaller_batch(self, nets: Iterable[Net]) -> Iterator[Fix]:
        for change, layers in nets:
            batch_size = self._largest_batch(layers)
            if batch_size:
                message = say("{change}, and batch_size to {size:,}", change=change, size=batch_size)
                yield Fix(message, layers, {"batch_size": batch_size})
                return

    def _averaged(self) -> Iterator[Net]:
        """Of several Flatten, the one that makes most weights."""
        readouts = summarize(self.layers, self.image_shape).readouts
        junction = max(junctions(readouts), key=lambda junction: junction.weights, default=None)
        if junction and learned_channels(readouts, junction.flatten):
            flatten = named(readouts[junction.flatten[0]].layer, junction.flatten)
            message = say("Change {flatten} to GlobalAveragePooling2D", flatten=flatten)
            yield message, replace(self.layers, junction.flatten, GlobalAveragePooling2D())

    def _smaller(self, largest: Readout) -> Iterator[Net]:
        maker = self._maker(largest)
        if maker is None:
            return
        for divisor in DIVISORS:
            field, smaller = _size_field(maker.layer), _divided(maker.layer, divisor)
            message = say(
                "Set the {field} of {layer} to {size:,}",
                field=field,
                layer=named(maker.layer, maker.place),
                size=getattr(smaller, field),
            )
            yield message, replace(self.layers, maker.place, smaller)

    def _divided(self) -> Iterator[Net]:
        """All layers with filters or units but the output."""
        for divisor in DIVISORS:
            body = (_divided(layer, divisor) for layer in self.layers[: self._last])
            message = say("Divide filters and units before the output by {divisor}", divisor=divisor)
            yield message, (*body, *self.layers[self._last :])

    def _begun_anew(self) -> Iterator[Fix]:
        """The first template, one image at a time where not even that fits; nothing where that would need no less."""
        for beginning in new_net(self.layers, self.image_shape, self.training.loss, self.classes):
            assert beginning.layers is not None
            if self._fits(beginning.layers):
                yield beginning
                return
            batch_size = self._largest_batch(beginning.layers) or 1
            message = say("{change}, and set batch_size to {size:,}", change=beginning.message, size=batch_size)
            if self._total(beginning.layers, batch_size) < self._total(self.layers, self.training.batch_size):
                yield Fix(message, beginning.layers, {"batch_size": batch_size})

    def _maker(self, largest: Readout) -> Readout | None:
        """The layer whose filters or units make ``largest`` what it is: itself, or one before it. Not the output, whose
        units are the classes."""
        readouts = _single(summarize(self.layers, self.image_shape).walk())
        sized = (each for each in readouts if _size_field(each.layer) and not each.layer.disabled)
        makers = [each for each in sized if each.place <= largest.place and each.place != (self._last,)]
        return makers[-1] if makers else None

    @property
    def _last(self) -> int:
        return max(position for position, layer in enumerate(self.layers) if not layer.disabled)

    def _largest_batch(self, layers: tuple[Layer, ...]) -> int | None:
        """The largest power of two that fits and is below the batch size; None where not even 1 does."""
        size = net_size(layers, self.image_shape)
        if size is None:
            return None
        one = training_memory(size, self.training.model_copy(update={"batch_size": 1}))
        images = (self.memory_bytes - one.total) // max(one.activations, 1) + 1
        images = min(images, self.training.batch_size - 1)
        return 1 << images.bit_length() - 1 if images > 0 else None

    def _fits(self, layers: tuple[Layer, ...]) -> bool:
        return self._total(layers, self.training.batch_size) <= self.memory_bytes

    def _total(self, layers: tuple[Layer, ...], batch_size: int) -> float:
        """Bytes; without an end where a layer cannot work."""
        size = net_size(layers, self.image_shape)
        training = self.training.model_copy(update={"batch_size": batch_size})
        return training_memory(size, training).total if size else inf


def _size_field(layer: Layer) -> str:
    """``filters``, ``units``, or nothing."""
    return next((field for field in ("filters", "units") if hasattr(layer, field)), "")


def _divided(layer: Layer, divisor: int) -> Layer:
    """``layer`` with its filters or units divided, and those of the layers inside."""
    if isinstance(layer, Residual):
        return layer.changed(layers=tuple(_divided(inner, divisor) for inner in layer.layers))
    field = _size_field(layer)
    return layer.changed(**{field: max(getattr(layer, field) // divisor, 1)}) if field else layer
