"""The right output as one click."""

from collections.abc import Sequence

from core.architecture.layer import Layer
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.message import Message, say
from core.objective.losses import LossName
from core.objective.output import fitting_output, with_fitting_output
from core.problem import Fix


def ending(
    layers: Sequence[Layer], loss: LossName, classes: int, is_map: bool = False, bridge: Layer | None = None
) -> Fix:
    """The output of ``layers`` replaced by the one for ``loss``, as `core.objective.output.with_fitting_output`
    does it, and ``loss`` taken."""
    output = fitting_output(loss, classes)
    changed = with_fitting_output(layers, loss, classes, is_map, bridge)
    if not is_map:
        return Fix(_end(output, loss), changed, {"loss": loss})
    message = say(
        "End with {bridge}, Dense({units}), {activation}, and {loss}",
        bridge=(bridge or Flatten()).kind,
        **_words(output, loss),
    )
    return Fix(message, changed, {"loss": loss})


def output_behind(layers: Sequence[Layer], loss: LossName, classes: int) -> Fix:
    """An output for ``loss`` behind all of ``layers``, which end with a vector."""
    output = fitting_output(loss, classes)
    message = say("Put Dense({units}), {activation} behind it, with {loss}", **_words(output, loss))
    return Fix(message, (*layers, output), {"loss": loss})


def _end(output: Dense, loss: LossName) -> Message:
    return say("End with Dense({units}), {activation}, and {loss}", **_words(output, loss))


def _words(output: Dense, loss: LossName) -> dict[str, str | int]:
    return {"units": output.units, "activation": output.activation or "linear", "loss": loss}
