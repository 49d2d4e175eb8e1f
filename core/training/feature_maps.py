"""The output of one layer for one image: of a net with fresh weights, or of a trained run."""

import keras
import numpy as np

from core.architecture import Layer, Place
from core.architecture.naming import number
from core.dataset.decode import decode, to_array
from core.dataset.store import Dataset, load, original
from core.errors import DatasetError, RecipeError
from core.message import say
from core.recipe import Recipe, from_content
from core.runs.admission import refuse_errors
from core.runs.feature_maps import FeatureMaps
from core.runs.store import get
from core.training.build import build, layer_output
from core.training.finished_run import finished_model
from core.training.question import Answer, Question
from core.workspace import Workspace


def answer_feature_maps(question: Question) -> Answer:
    """The feature maps that ``question`` asks for. LayerlabError where there are none."""
    payload = question.payload
    place, run_id = tuple(payload["place"]), payload["run_id"]
    if run_id is None:
        recipe = from_content(payload["recipe"])
        model = untrained_model(recipe, place)
    else:
        recipe = get(question.database, run_id).recipe
        model = trained_model(question.workspace, run_id, recipe, place)
    pixels = image_pixels(load(question.workspace.datasets, payload["dataset_id"]), payload["image"], recipe)
    maps = FeatureMaps.of(output(model, place, pixels))
    return Answer(maps.to_result(), maps.to_data())


def output(model: keras.Model, place: Place, pixels: np.ndarray) -> np.ndarray:
    """What the layer at ``place`` makes of one image, uint8 (height, width, channels), in test mode."""
    up_to_layer = keras.Model(model.input, layer_output(model, place))
    images = pixels[np.newaxis].astype(np.float32)
    return up_to_layer(images, training=False).numpy()[0]


def untrained_model(recipe: Recipe, place: Place) -> keras.Model:
    """The net of ``recipe`` up to ``place``, with the weights that its run begins with.

    What comes behind that place may have problems. RecipeError where something before it has, or where no layer is.
    """
    _refuse_missing(recipe, place)
    beginning = recipe.model_copy(update={"layers": recipe.layers[: place[0] + 1]})
    refuse_errors(problem for problem in beginning.summary().problems if problem.place is not None)
    keras.utils.set_random_seed(recipe.training.seed)
    return build(beginning)


def trained_model(workspace: Workspace, run_id: str, recipe: Recipe, place: Place) -> keras.Model:
    """The net of the run, which was trained by ``recipe``.

    RunError where it has none, RecipeError where no layer is at ``place``.
    """
    _refuse_missing(recipe, place)
    return finished_model(workspace, run_id)


def _refuse_missing(recipe: Recipe, place: Place) -> None:
    """RecipeError where there is no layer at ``place``, or one that is left out."""
    layers: tuple[Layer, ...] = recipe.layers
    for position in place:
        if position not in range(len(layers)):
            raise RecipeError(say("There is no layer {number} any more. Choose another layer.", number=number(place)))
        layer = layers[position]
        if layer.disabled:
            raise RecipeError(
                say("Layer {number} is switched off, so it has no output. Switch it on first.", number=number(place))
            )
        layers = getattr(layer, "layers", ())


def image_pixels(dataset: Dataset, image: int, recipe: Recipe) -> np.ndarray:
    """The image as a training sees it. Only this one is read: the array of all may not be made yet."""
    if image not in range(len(dataset.images)):
        raise DatasetError(
            say(
                "There is no image {number:,} in the dataset {name}: it has {images:,}.",
                number=image + 1,
                name=dataset.name,
                images=len(dataset.images),
            )
        )
    return to_array(decode(original(dataset, image).read_bytes()), recipe.image)
