"""Copies of one image as a training would see them."""

import keras
import numpy as np

from core.dataset.decode import decode, to_array
from core.dataset.store import load, original
from core.recipe import Recipe, from_content
from core.runs.augmented_images import AugmentedImages
from core.training.build import keras_augmentation
from core.training.question import Answer, Question


def answer_augmented_images(question: Question) -> Answer:
    """The copies that ``question`` asks for."""
    payload = question.payload
    recipe = from_content(payload["recipe"])
    dataset = load(question.workspace.datasets, payload["dataset_id"])
    pixels = to_array(decode(original(dataset, payload["image"]).read_bytes()), recipe.image)
    answer = AugmentedImages(augmented(recipe, pixels, payload["copies"]))
    return Answer(answer.to_result(), answer.to_data())


def augmented(recipe: Recipe, pixels: np.ndarray, copies: int) -> np.ndarray:
    """``copies`` of one image, uint8 (height, width, channels), each changed by chance as ``recipe`` has it."""
    keras.utils.set_random_seed(recipe.training.seed)
    images = np.repeat(pixels[np.newaxis], copies, axis=0).astype(np.float32)
    for layer in keras_augmentation(recipe.augmentation, recipe.training.seed):
        images = layer(images, training=True)
    return np.rint(np.clip(keras.ops.convert_to_numpy(images), 0, 255)).astype(np.uint8)
