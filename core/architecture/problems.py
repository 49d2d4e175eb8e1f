"""What is wrong with a list of layers, each problem at the layer that causes it."""

from collections.abc import Iterator, Sequence

from core.architecture.dense_on_map import dense_on_map_warnings
from core.architecture.editing import put_in_place
from core.architecture.flattened import needs_a_map_again
from core.architecture.large_flatten import large_flatten_warnings
from core.architecture.layer import Layer, Repair
from core.architecture.place import Place
from core.architecture.readout import Readout, walk
from core.architecture.removal import removal
from core.message import Message, say, say_count
from core.problem import Fix, Problem


def find_problems(layers: tuple[Layer, ...], readouts: Sequence[Readout]) -> tuple[Problem, ...]:
    """The problems of ``layers``, whose readouts are ``readouts``: an error alone, or else the warnings in the order
    of the layers."""
    if all(layer.disabled for layer in layers):
        return (Problem(None, _nothing_there(layers)),)
    stuck = next((readout for readout in walk(readouts) if readout.obstacle), None)
    if stuck:
        return (needs_a_map_again(layers, readouts, stuck) or _obstacle(layers, stuck),)
    if not any(readout.trained_parameters for readout in readouts):
        return (Problem(None, say("No layer has weights, so there is nothing to train: add a Conv2D or a Dense.")),)
    return tuple(sorted(_warnings(layers, readouts), key=lambda problem: problem.place or ()))


def _nothing_there(layers: Sequence[Layer]) -> Message:
    if not layers:
        return say("There are no layers yet: add one, or start from a net that is there already.")
    return say_count(
        "The only layer is switched off: switch it on, or add another one.",
        "All {count} layers are switched off: switch some on, or add others.",
        count=len(layers),
    )


def _warnings(layers: tuple[Layer, ...], readouts: Sequence[Readout]) -> Iterator[Problem]:
    parameters = sum(readout.parameters or 0 for readout in readouts)
    yield from dense_on_map_warnings(layers, readouts)
    yield from large_flatten_warnings(layers, readouts, parameters)


def _obstacle(layers: tuple[Layer, ...], readout: Readout) -> Problem:
    assert readout.obstacle is not None
    fixes = (_fix(layers, readout.place, repair) for repair in readout.obstacle.repairs)
    return Problem(readout.place, readout.obstacle.message, tuple(fixes))


def _fix(layers: tuple[Layer, ...], place: Place, repair: Repair) -> Fix:
    return Fix(repair.message, put_in_place(layers, place, repair.layers)) if repair.layers else removal(layers, place)
