"""What stands between the images and the first layer, and how large the images are."""

import keras
import numpy as np
import pytest

from core.architecture.keras_file.opening import AUGMENTATIONS
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from tests.core.architecture.keras_file.models import IMAGE, as_json, imported, layers_of, notes_of, refusal, scaled

L = keras.layers


def net(*layers: keras.layers.Layer, image: tuple[int | None, ...] = IMAGE) -> keras.Model:
    return keras.Sequential([keras.Input(image, name="image"), *layers, L.Conv2D(4, 3)])


OPENINGS = [
    ([L.Rescaling(1 / 255)], []),
    ([L.Rescaling(1.0 / 255.0, offset=0)], []),
    ([], ["Pixels are divided by 255 before the first layer; the model in the file does not do that."]),
    ([L.Rescaling(1 / 127.5, offset=-1, name="r")], ["Rescaling 'r': it is left out: pixels are divided by 255 here."]),
    (
        [L.RandomFlip(name="f"), L.RandomRotation(0.1, name="t"), L.Rescaling(1 / 255)],
        ["RandomFlip 'f', RandomRotation 't': it is left out: augmentation is not part of the layers."],
    ),
    (
        [L.Rescaling(1 / 255, name="a"), L.Rescaling(1 / 255, name="b")],
        ["Rescaling 'b': it is left out: pixels are divided by 255 only once here."],
    ),
    (
        [keras.Sequential([L.Rescaling(1 / 255), L.RandomZoom(0.1, name="z")])],
        ["RandomZoom 'z': it is left out: augmentation is not part of the layers."],
    ),
]


@pytest.mark.parametrize(("opening", "notes"), OPENINGS)
def test_scaling_and_augmentation_are_left_out(opening: list[keras.layers.Layer], notes: list[str]) -> None:
    model = net(*opening)

    assert layers_of(model) == (Conv2D(filters=4, kernel_size=3),)
    assert notes_of(model) == notes


HALF = {"factor": 0.5}
NEEDED: dict[str, dict[str, float]] = {
    "RandomBrightness": HALF,
    "RandomColorDegeneration": HALF,
    "RandomContrast": HALF,
    "RandomHue": HALF,
    "RandomPosterization": {"factor": 4},
    "RandomRotation": HALF,
    "RandomSaturation": HALF,
    "RandomSharpness": HALF,
    "RandomTranslation": {"height_factor": 0.5, "width_factor": 0.5},
    "RandomZoom": {"height_factor": 0.5},
}


@pytest.mark.parametrize("kind", sorted(AUGMENTATIONS))
def test_what_is_left_out_as_augmentation_hands_images_on_outside_training(kind: str) -> None:
    images = np.random.default_rng(0).integers(0, 256, (2, 8, 8, 3)).astype("float32")

    layer = getattr(L, kind)(**NEEDED.get(kind, {}))

    np.testing.assert_allclose(layer(images, training=False), images)


def test_a_scaling_that_only_one_branch_passes_is_refused() -> None:
    image = keras.Input(IMAGE)
    model = keras.Model(image, L.Add()([L.Rescaling(1 / 255, name="inside")(image), image]))

    assert "Rescaling 'inside': there is no such layer here." in refusal(as_json(model))


@pytest.mark.parametrize(
    ("image", "shape"), [((8, 9, 3), (8, 9, 3)), ((None, None, 3), None), ((32, None, 1), None), ((8, 8, 5), (8, 8, 5))]
)
def test_the_size_of_the_images_is_told_where_the_file_names_it(
    image: tuple[int | None, ...], shape: tuple[int, ...] | None
) -> None:
    assert imported(net(image=image)).input_shape == shape


def test_an_open_size_is_noted_with_what_was_assumed() -> None:
    notes = notes_of(scaled(L.Conv2D(4, 3), image=(None, 64, 1)))

    assert notes == ["The file does not name the image size; shapes were followed for 224 × 64 × 1."]


def test_a_model_that_has_seen_no_image_yet_leaves_the_size_open() -> None:
    read = imported(keras.Sequential([L.Rescaling(1 / 255), L.Conv2D(4, 3)]))

    assert read.layers == (Conv2D(filters=4, kernel_size=3),)
    assert read.input_shape is None


def test_grey_images_without_channels_are_read_where_they_are_laid_out_flat_first() -> None:
    read = imported(scaled(L.Flatten(), L.Dense(3), image=(28, 28)))

    assert read.layers == (Flatten(), Dense(units=3))
    assert read.input_shape == (28, 28, 1)


@pytest.mark.parametrize("image", [(784,), (28, 28), (4, 8, 8, 3)])
def test_an_input_that_is_no_image_is_refused(image: tuple[int, ...]) -> None:
    model = keras.Sequential([keras.Input(image, name="image"), L.Dense(3)])

    assert f"InputLayer 'image': it has {len(image)} axes; an image has three" in refusal(as_json(model))
