"""What stands between the images and the first layer: scaling and augmentation, which a recipe has elsewhere."""

from collections.abc import Sequence
from math import isclose
from typing import Any, Final

from core.architecture.keras_file.graph import Graph
from core.architecture.keras_file.remark import Remark
from core.architecture.keras_file.saved_layer import SavedLayer
from core.message import Message, say

AUGMENTATIONS: Final = frozenset(
    {
        "AugMix", "CutMix", "MixUp", "RandAugment", "RandomBrightness", "RandomColorDegeneration", "RandomColorJitter",
        "RandomContrast", "RandomElasticTransform", "RandomErasing", "RandomFlip", "RandomGaussianBlur",
        "RandomGrayscale", "RandomHue", "RandomInvert", "RandomPerspective", "RandomPosterization", "RandomRotation",
        "RandomSaturation", "RandomSharpness", "RandomShear", "RandomTranslation", "RandomZoom", "Solarization",
    }
)  # fmt: skip
"""The layers that hand images on as they are, except in training:
https://keras.io/api/layers/preprocessing_layers/image_augmentation/"""


def find_opening(graph: Graph) -> tuple[int, ...]:
    """The positions of the input and of what is left out right behind it; only the image passes there, on one way."""
    positions = [graph.inputs[0]]
    while True:
        consumers = graph.consumers(positions[-1])
        if len(consumers) != 1 or not _is_left_out(graph.steps[consumers[0]].saved):
            return tuple(positions)
        positions.append(consumers[0])


def scaling_notes(opening: Sequence[SavedLayer]) -> tuple[Message, ...]:
    """What becomes different about the pixels; nothing where the model divides them by 255 itself."""
    if any(saved.class_name == "Rescaling" for saved in opening):
        return ()
    return (say("Pixels are divided by 255 before the first layer; the model in the file does not do that."),)


def opening_remarks(opening: Sequence[SavedLayer]) -> tuple[Remark, ...]:
    """What is left out."""
    remarks = [Remark(saved.label, _reason(saved)) for saved in opening if not _is_ours(saved) and not saved.is_input]
    rescalings = [saved for saved in opening if _is_ours(saved)]
    again = say("it is left out: pixels are divided by 255 only once here.")
    return (*remarks, *(Remark(saved.label, again) for saved in rescalings[1:]))


def _reason(saved: SavedLayer) -> Message:
    if saved.class_name == "Rescaling":
        return say("it is left out: pixels are divided by 255 here.")
    return say("it is left out: augmentation is not part of the layers.")


def _is_left_out(saved: SavedLayer) -> bool:
    return not saved.is_own_class and (saved.class_name == "Rescaling" or saved.class_name in AUGMENTATIONS)


def _is_ours(saved: SavedLayer) -> bool:
    """Whether it is the scaling that every net of a recipe begins with."""
    scale, offset = saved.config.get("scale"), saved.config.get("offset", 0)
    return saved.class_name == "Rescaling" and _is_number(scale, 1 / 255) and _is_number(offset, 0)


def _is_number(value: Any, expected: float) -> bool:
    return isinstance(value, int | float) and isclose(value, expected, rel_tol=1e-3)
