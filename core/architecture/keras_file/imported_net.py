"""From a file of Keras to the layers of a recipe."""

from dataclasses import dataclass

from core.architecture import Layer, Shape
from core.architecture.keras_file.branches import find_chain
from core.architecture.keras_file.followed import Followed, follow
from core.architecture.keras_file.graph import Graph, read_graph
from core.architecture.keras_file.image_input import first_layer, read_image_input
from core.architecture.keras_file.model_file import read_model_file
from core.architecture.keras_file.opening import find_opening, opening_remarks, scaling_notes
from core.architecture.keras_file.remark import Remark, joined, together
from core.architecture.keras_file.residuals import assemble
from core.errors import RecipeError
from core.message import Message, say


@dataclass(frozen=True)
class ImportedNet:
    """The layers, the ``(height, width, channels)`` of the images where the file names all three, and what a person
    should know of the differences between file and layers."""

    layers: tuple[Layer, ...]
    input_shape: Shape | None
    notes: tuple[Message, ...]


def read_keras_model(data: bytes, name: str) -> ImportedNet:
    """The net in ``data``, a ``.keras`` file or the JSON of ``model.to_json()``, as layers of a recipe.

    Sequential and Functional models of Keras 2 and 3 that use layers of the catalogue, in one row or with additions
    that are Residuals. Nothing in the file is run. ``name`` is what messages call the file. Raises RecipeError, which
    names every layer that cannot be taken over and why.
    """
    file = read_model_file(data, name)
    graph = read_graph(file.content, name)
    opening = find_opening(graph)
    left_out = [graph.steps[position].saved for position in opening]
    image = read_image_input(left_out[0], first_layer(graph, opening))
    followed = follow(graph, opening, image.assumed)
    objections = [*([image.objection] if image.objection else []), *graph.remarks, *followed.objections]

    layers, misfits = _assembled(graph, opening[-1], followed)
    objections += misfits
    if objections:
        problem = joined(together(objections))
        raise RecipeError(say("{name} cannot be taken over. {problem}", name=name, problem=problem))
    if not layers:
        raise RecipeError(say("{name} holds a model without layers.", name=name))

    remarks = together((*opening_remarks(left_out), *followed.notes))
    weights = (say("Weights are left out: a recipe has none, and training begins anew."),) if file.has_weights else ()
    return ImportedNet(layers, image.shape, (*weights, *scaling_notes(left_out), *image.notes, *remarks))


def _assembled(graph: Graph, start: int, followed: Followed) -> tuple[tuple[Layer, ...], list[Remark]]:
    """The layers behind ``start``, and why they cannot be put together; nothing at all where the net has several
    inputs or outputs, which is an objection by itself."""
    if not graph.has_one_way_through:
        return (), []
    chained = find_chain(graph, start)
    assembled = assemble(chained.chain, graph, followed)
    return assembled.layers, [*chained.objections, *assembled.objections]
