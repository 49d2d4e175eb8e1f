"""Augmentations as values: the Keras layers they describe are the oracle, in graphs and on batches as in training."""

import inspect

import keras
import numpy as np
import pytest
import tensorflow as tf
from pydantic import ValidationError

from core.augmentation import AUGMENTATIONS, FRESH_AUGMENTATIONS, Augmentation
from core.augmentation.random_brightness import RandomBrightness
from core.augmentation.random_contrast import RandomContrast
from core.augmentation.random_erasing import RandomErasing
from core.augmentation.random_flip import RandomFlip
from core.augmentation.random_noise import RandomNoise
from core.augmentation.random_rotation import RandomRotation
from core.augmentation.random_shear import RandomShear
from core.augmentation.random_translation import RandomTranslation
from core.augmentation.random_zoom import RandomZoom
from core.training.build import augmentation_layer

SIZES = [(28, 28, 1), (9, 7, 3), (1, 1, 1)]

EDGES = [
    *(RandomFlip(mode=mode) for mode in ("horizontal", "vertical", "horizontal_and_vertical")),
    *(RandomRotation(factor=0.2, fill_mode=mode) for mode in ("reflect", "wrap", "constant", "nearest")),
    *(RandomZoom(height_factor=0.5, fill_mode=mode) for mode in ("wrap", "constant", "nearest")),
    RandomRotation(factor=1.0),
    RandomTranslation(height_factor=1.0, width_factor=1.0),
    RandomTranslation(height_factor=0.0, width_factor=0.0),
    RandomZoom(height_factor=0.999999),
    RandomShear(x_factor=1.0, y_factor=1.0),
    RandomBrightness(factor=1.0),
    RandomContrast(factor=1.0),
    RandomErasing(factor=0.0),
    RandomErasing(factor=1.0),
    RandomNoise(factor=0.0),
    RandomNoise(factor=1.0),
]


@pytest.mark.parametrize("shape", SIZES, ids=str)
@pytest.mark.parametrize("augmentation", [*FRESH_AUGMENTATIONS.values(), *EDGES], ids=repr)
def test_images_keep_their_shape_and_stay_images(augmentation: Augmentation, shape: tuple[int, int, int]) -> None:
    images = _images(shape)

    changed = _changed(augmentation, images)

    assert changed.shape == images.shape
    assert changed.dtype == np.float32
    assert np.isfinite(changed).all()
    assert changed.min() > -1e-3
    assert changed.max() < 255.001


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("kind", FRESH_AUGMENTATIONS)
def test_it_changes_images_the_same_way_with_the_same_seed_and_anew_each_time(kind: str, channels: int) -> None:
    images = _images((12, 10, channels))
    first, second, other = (_layer(FRESH_AUGMENTATIONS[kind], seed) for seed in (3, 3, 4))

    once, again = first(images), first(images)

    assert not np.array_equal(once, images)
    assert not np.array_equal(once, again)
    assert np.array_equal(second(images), once)
    assert not np.array_equal(other(images), once)


@pytest.mark.parametrize("kind", FRESH_AUGMENTATIONS)
def test_each_image_is_changed_in_its_own_way(kind: str) -> None:
    """64 copies of one image."""
    images = np.repeat(_images((12, 10, 1))[:1], 64, axis=0)

    assert len(np.unique(_changed(FRESH_AUGMENTATIONS[kind], images), axis=0)) > 1


@pytest.mark.parametrize("kind", [kind for kind in AUGMENTATIONS if hasattr(keras.layers, kind)])
def test_defaults_are_those_of_keras(kind: str) -> None:
    in_keras = inspect.signature(getattr(keras.layers, kind)).parameters
    ours = {name: field for name, field in AUGMENTATIONS[kind].model_fields.items() if name != "kind"}

    assert set(FRESH_AUGMENTATIONS[kind].keras_arguments()) <= set(in_keras)
    for name, field in ours.items():
        default = in_keras[name].default
        assert field.is_required() is (default is inspect.Parameter.empty)
        assert field.is_required() or field.default == default


@pytest.mark.parametrize("kind", AUGMENTATIONS)
def test_it_and_its_fields_are_described(kind: str) -> None:
    fields = {name: field for name, field in AUGMENTATIONS[kind].model_fields.items() if name != "kind"}

    assert FRESH_AUGMENTATIONS[kind].kind == kind
    assert AUGMENTATIONS[kind].summary.endswith(".")
    assert [name for name, field in fields.items() if not (field.description or "").endswith(".")] == []


def test_half_of_the_factor_is_the_share_of_images_that_are_erased() -> None:
    """Of 2,000 images, with a standard deviation of at most 11.2."""
    images = np.zeros((2000, 8, 8, 1), np.float32)

    for factor in (0.5, 1.0):
        erased = _changed(RandomErasing(factor=factor), images).any(axis=(1, 2, 3)).sum()
        assert erased == pytest.approx(2000 * factor / 2, abs=60)


def test_noise_is_that_of_gaussian_noise_with_a_deviation_drawn_for_each_image() -> None:
    """Grey images of 128: the deviations are spread evenly over 0 to 0.1 × 255, their mean is half of that."""
    grey = np.full((400, 20, 20, 1), 128, np.float32)

    noise = _changed(RandomNoise(factor=0.1), grey) - grey

    deviations = noise.std(axis=(1, 2, 3))
    assert deviations.mean() == pytest.approx(0.05 * 255, rel=0.08)
    assert deviations.max() == pytest.approx(0.1 * 255, rel=0.1)
    assert abs(noise.mean()) < 0.3
    strongest = noise[deviations.argmax()] / deviations.max()
    keras_noise = keras.layers.GaussianNoise(1.0, seed=1)(np.zeros((1, 100, 100, 1), np.float32), training=True)
    assert np.quantile(strongest, [0.1, 0.9]) == pytest.approx(np.quantile(keras_noise, [0.1, 0.9]), abs=0.25)


def test_noise_is_for_training_only() -> None:
    images = _images((9, 7, 3))
    layer = augmentation_layer("RandomNoise")(seed=1, **RandomNoise(factor=1.0).keras_arguments())
    assert np.array_equal(layer(images), images)
    assert type(layer).from_config(layer.get_config()).get_config() == layer.get_config()


def test_factors_mean_what_their_descriptions_say() -> None:
    """Grey images of 100: no more than 0.2 × 255 is added or taken away, and without contrast nothing changes."""
    grey = np.full((500, 4, 4, 1), 100, np.float32)

    brighter = _changed(RandomBrightness(factor=0.2), grey)

    assert (brighter.min(), brighter.max()) == pytest.approx((49, 151), abs=1)
    assert _changed(RandomContrast(factor=0.9), grey) == pytest.approx(grey)


OUT_OF_BOUNDS = [
    (RandomFlip, {"mode": "diagonal"}),
    (RandomRotation, {}),
    (RandomRotation, {"factor": 1.1}),
    (RandomRotation, {"factor": -0.1}),
    (RandomRotation, {"factor": (0.1, 0.2)}),
    (RandomTranslation, {"height_factor": 0.1}),
    (RandomZoom, {"height_factor": 1.0}),
    (RandomShear, {"x_factor": -0.1}),
    (RandomBrightness, {"factor": float("nan")}),
    (RandomContrast, {"factor": 1.5}),
    (RandomErasing, {"factor": 2.0}),
    (RandomNoise, {"factor": 1.5}),
    (RandomZoom, {"height_factor": 0.1, "fill_mode": "mirror"}),
]


@pytest.mark.parametrize(("kind", "arguments"), OUT_OF_BOUNDS)
def test_it_refuses_what_is_out_of_bounds(kind: type[Augmentation], arguments: dict) -> None:
    with pytest.raises(ValidationError):
        kind(**arguments)


def test_a_changed_one_is_validated() -> None:
    assert RandomRotation(factor=0.1).changed(factor=0.2) == RandomRotation(factor=0.2)
    with pytest.raises(ValidationError):
        RandomRotation(factor=0.1).changed(factor=2.0)


def _images(shape: tuple[int, int, int]) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (16, *shape)).astype(np.float32)


def _changed(augmentation: Augmentation, images: np.ndarray) -> np.ndarray:
    return _layer(augmentation, seed=7)(images)


def _layer(augmentation: Augmentation, seed: int):
    """From batches to batches, through a graph that is made for a batch of any size."""
    layer = augmentation_layer(augmentation.kind)(seed=seed, **augmentation.keras_arguments())

    @tf.function
    def change(images: tf.Tensor) -> tf.Tensor:
        return layer(images, training=True)

    def through_graph(images: np.ndarray) -> np.ndarray:
        shape = tf.TensorSpec((None, *images.shape[1:]), tf.float32)
        return change.get_concrete_function(shape)(tf.constant(images)).numpy()

    return through_graph
