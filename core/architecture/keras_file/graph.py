"""The layers of a saved model and what flows from which to which, models inside the model laid open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from core.architecture.keras_file.call import Call, read_call, references
from core.architecture.keras_file.remark import Remark, shown
from core.architecture.keras_file.saved_layer import SavedLayer
from core.errors import RecipeError
from core.message import Message, say

MOST_LAYERS: Final = 2000
MOST_CONNECTIONS: Final = 5 * MOST_LAYERS
"""How often all layers and models together take an output, and models hand one on: 927 times in the 771 layers of
NASNetMobile, whose cells have many branches."""

_LAYERS: Final = TypeAdapter(list[SavedLayer])


@dataclass(frozen=True)
class Step:
    """One layer; ``inputs`` are the positions, in the graph, of the steps whose outputs it takes."""

    saved: SavedLayer
    inputs: tuple[int, ...]


@dataclass(frozen=True)
class Graph:
    """``steps`` stand behind those whose outputs they take; ``outputs`` are positions.

    ``remarks`` say what stands in the way of taking the net over, as far as it is a matter of how layers are joined.
    """

    steps: tuple[Step, ...]
    outputs: tuple[int, ...]
    remarks: tuple[Remark, ...]

    @property
    def inputs(self) -> tuple[int, ...]:
        return tuple(position for position, step in enumerate(self.steps) if not step.inputs)

    @property
    def has_one_way_through(self) -> bool:
        """Whether there is one input and one output; branches may lie between them."""
        return len(self.inputs) == 1 and len(self.outputs) == 1

    def consumers(self, position: int) -> tuple[int, ...]:
        """The steps that take the output of the one at ``position``."""
        return tuple(other for other, step in enumerate(self.steps) if position in step.inputs)


def read_graph(content: Any, name: str) -> Graph:
    """The graph of the model that the JSON ``content`` of the file ``name`` describes. Raises RecipeError."""
    try:
        model = SavedLayer.model_validate(content)
    except ValidationError as error:
        raise RecipeError(_no_model(name)) from error
    if not model.is_model:
        raise RecipeError(_unreadable_class(name, model))
    reader = _Reader(name)
    outputs = reader.lay_open(model, ())
    if not outputs:
        raise RecipeError(say("{name} holds a model without layers.", name=name))
    remarks = (*reader.remarks, *_too_many_ends(reader.steps, outputs))
    return Graph(tuple(reader.steps), outputs, remarks)


class _Reader:
    """Gathers the steps of a model and of the models inside it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.steps: list[Step] = []
        self.remarks: list[Remark] = []
        self.connections = 0

    def lay_open(self, model: SavedLayer, sources: tuple[int, ...]) -> tuple[int, ...]:
        """Adds the steps of ``model``, which gets the outputs of ``sources``; the steps whose outputs are its own."""
        layers = self._layers(model)
        return self._sequence(model, layers, sources) if _is_sequence(model) else self._net(model, layers, sources)

    def _layers(self, model: SavedLayer) -> list[SavedLayer]:
        try:
            return _LAYERS.validate_python(model.config.get("layers"))
        except ValidationError as error:
            raise self._damaged() from error

    def _sequence(self, model: SavedLayer, layers: Sequence[SavedLayer], sources: tuple[int, ...]) -> tuple[int, ...]:
        for layer in layers:
            if not sources and not layer.is_model and not layer.is_input:
                sources = self._add(_unwritten_input(model, layer), ())
            sources = self._take(layer, sources)
        return sources

    def _net(self, model: SavedLayer, layers: Sequence[SavedLayer], sources: tuple[int, ...]) -> tuple[int, ...]:
        named = {layer.key: layer for layer in layers}
        calls = {key: tuple(read_call(node) for node in layer.inbound_nodes) for key, layer in named.items()}
        inputs, outputs = references(model.config.get("input_layers")), references(model.config.get("output_layers"))
        if len(named) < len(layers) or not outputs:
            raise self._damaged()
        if sources and len(sources) != len(inputs):
            self.remarks.append(Remark(model.label, say("it does not take as many inputs as it is given.")))

        values: dict[str, tuple[int, ...]] = {key: (source,) for key, source in zip(inputs, sources, strict=False)}
        for key in self._in_order({key: _sources(calls[key]) for key in named}, outputs):
            if key not in values:
                self.remarks.extend(_remarks_on(named[key], calls[key]))
                taken = self._gathered(values[source] for source in _sources(calls[key]))
                if not taken and not named[key].is_input:
                    raise self._damaged()
                values[key] = self._take(named[key], taken)
        return self._gathered(values[key] for key in outputs)

    def _gathered(self, outputs: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
        """All of ``outputs`` in one row. A model may hand its input on many times, and the next one that as often."""
        gathered: list[int] = []
        for positions in outputs:
            self.connections += len(positions)
            if self.connections > MOST_CONNECTIONS:
                raise RecipeError(
                    say(
                        "{name} joins its layers in more than {most:,} places, which is the limit.",
                        name=self.name,
                        most=MOST_CONNECTIONS,
                    )
                )
            gathered += positions
        return tuple(gathered)

    def _in_order(self, sources: Mapping[str, Sequence[str]], outputs: Sequence[str]) -> list[str]:
        """The names of what the outputs need, each behind its own sources."""
        mentioned = {*outputs, *(source for some in sources.values() for source in some)}
        if not mentioned <= sources.keys():
            raise self._damaged()
        try:
            order = list(TopologicalSorter(sources).static_order())
        except CycleError as error:
            raise self._damaged() from error
        needed = set(outputs)
        for key in reversed(order):
            if key in needed:
                needed.update(sources[key])
        return [key for key in order if key in needed]

    def _take(self, layer: SavedLayer, sources: tuple[int, ...]) -> tuple[int, ...]:
        if layer.is_model:
            return self.lay_open(layer, sources)
        if layer.is_input and sources:  # that of a model inside
            return sources
        return self._add(layer, sources)

    def _add(self, layer: SavedLayer, sources: tuple[int, ...]) -> tuple[int, ...]:
        if len(self.steps) == MOST_LAYERS:
            raise RecipeError(
                say("{name} has more than {most:,} layers, which is the limit.", name=self.name, most=MOST_LAYERS)
            )
        self.steps.append(Step(layer, sources))
        return (len(self.steps) - 1,)

    def _damaged(self) -> RecipeError:
        return RecipeError(
            say(
                "{name} is damaged: its layers are not written down as Keras does it. Save the model again.",
                name=self.name,
            )
        )


def _is_sequence(model: SavedLayer) -> bool:
    return model.class_name == "Sequential"


def _unwritten_input(model: SavedLayer, first: SavedLayer) -> SavedLayer:
    """Keras 2 writes no input for a Sequential, only its shape, and Keras 3 not even that before the first image."""
    shape = first.config.get("batch_input_shape") or model.config.get("build_input_shape")
    return SavedLayer(class_name="InputLayer", config={"name": "input", "batch_shape": shape})


def _sources(calls: Sequence[Call]) -> tuple[str, ...]:
    return calls[0].sources if calls else ()


def _remarks_on(layer: SavedLayer, calls: Sequence[Call]) -> list[Remark]:
    reasons = [
        say("it is called with {argument}, which is not possible here.", argument=extra)
        for extra in dict.fromkeys(extra for call in calls for extra in call.extras)
    ]
    if len(calls) > 1:
        reasons.append(
            say("it is used {count:,} times with the same weights; here every layer is used once.", count=len(calls))
        )
    return [Remark(layer.label, reason) for reason in reasons]


def _too_many_ends(steps: Sequence[Step], outputs: Sequence[int]) -> list[Remark]:
    inputs = [position for position, step in enumerate(steps) if not step.inputs]
    ends = (
        (inputs, say("the model has several inputs; here a net has one, the image.")),
        (outputs, say("the model has several outputs; here a net has one.")),
    )
    return [Remark(steps[end].saved.label, reason) for some, reason in ends if len(some) > 1 for end in some]


def _no_model(name: str) -> Message:
    return say("{name} holds no Keras model: it should be a .keras file or what model.to_json() gives.", name=name)


def _unreadable_class(name: str, model: SavedLayer) -> Message:
    if not model.is_own_class:
        return _no_model(name)
    return say(
        "{name} holds a model of the class {kind}, whose code is not in the file, and nothing in a file is run here. "
        "Only Sequential and Functional models can be taken over.",
        name=name,
        kind=shown(model.class_name),
    )
