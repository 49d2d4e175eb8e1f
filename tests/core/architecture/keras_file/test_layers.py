"""Every kind of layer with every argument: real Keras writes the files."""

import keras
import pytest

from core.architecture import CATALOGUE, FRESH, Layer
from core.architecture.keras_file.taken import KINDS
from core.architecture.layers.activation import Activation
from core.architecture.layers.average_pooling2d import AveragePooling2D
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.layer_normalization import LayerNormalization
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.architecture.layers.separable_conv2d import SeparableConv2D
from core.architecture.layers.up_sampling2d import UpSampling2D
from core.architecture.layers.zero_padding2d import ZeroPadding2D
from core.architecture.regularizers import L1, L1L2, L2
from tests.core.architecture.keras_file.models import as_json, imported, layers_of, notes_of, refusal, scaled

L = keras.layers
REQUIRED = {
    "Conv2D": {"filters": 4, "kernel_size": 3},
    "SeparableConv2D": {"filters": 4, "kernel_size": 3},
    "DepthwiseConv2D": {"kernel_size": 3},
    "AveragePooling2D": {"pool_size": 2},
    "Dense": {"units": 5},
    "Activation": {"activation": "relu"},
    "Dropout": {"rate": 0.5},
    "SpatialDropout2D": {"rate": 0.5},
}


def test_every_kind_of_the_catalogue_but_the_residual_is_a_class_of_keras() -> None:
    assert set(CATALOGUE) - set(KINDS) == {"Residual"}
    assert all(hasattr(L, kind) for kind in KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_layer_with_the_defaults_of_keras_has_our_defaults_and_no_notes(kind: str) -> None:
    arguments = REQUIRED.get(kind, {})

    net = imported(scaled(getattr(L, kind)(**arguments)))

    assert net.layers == (CATALOGUE[kind].model_validate(arguments),)
    assert net.notes == ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_fresh_layer_comes_back(kind: str) -> None:
    assert layers_of(scaled(getattr(L, kind)(**FRESH[kind].keras_arguments()))) == (FRESH[kind],)


ARGUMENTS = [
    (
        L.Conv2D(4, (3, 5), strides=(2, 1), padding="same"),
        Conv2D(filters=4, kernel_size=(3, 5), strides=(2, 1), padding="same"),
    ),
    (L.Conv2D(6, 3, groups=3, dilation_rate=2), Conv2D(filters=6, kernel_size=3, groups=3, dilation_rate=2)),
    (L.Dense(3, activation=keras.activations.tanh), Dense(units=3, activation="tanh")),
    (L.Dense(3, activation="swish"), Dense(units=3, activation="silu")),
    (L.Dense(3, activation="linear", use_bias=False), Dense(units=3, use_bias=False)),
    (L.Activation("linear"), Activation(activation="linear")),
    (L.Dense(3, kernel_regularizer="l2"), Dense(units=3, kernel_regularizer=L2())),
    (L.Dense(3, kernel_regularizer=keras.regularizers.L1(0.003)), Dense(units=3, kernel_regularizer=L1(l1=0.003))),
    (L.Dense(3, kernel_regularizer=keras.regularizers.L1L2(l2=0.1)), Dense(units=3, kernel_regularizer=L1L2(l2=0.1))),
    (
        L.SeparableConv2D(3, 3, pointwise_regularizer="l1"),
        SeparableConv2D(filters=3, kernel_size=3, pointwise_regularizer=L1()),
    ),
    (L.MaxPooling2D((3, 3), strides=3), MaxPooling2D(pool_size=3)),
    (L.MaxPooling2D((3, 2), strides=1), MaxPooling2D(pool_size=(3, 2), strides=1)),
    (L.AveragePooling2D(2, padding="same"), AveragePooling2D(pool_size=2, padding="same")),
    (L.ZeroPadding2D(2), ZeroPadding2D(padding=2)),
    (L.ZeroPadding2D((1, 2)), ZeroPadding2D(padding=(1, 2))),
    (L.ZeroPadding2D(((1, 2), (1, 2))), ZeroPadding2D(padding=((1, 2), (1, 2)))),
    (L.ZeroPadding2D(((1, 1), (0, 2))), ZeroPadding2D(padding=((1, 1), (0, 2)))),
    (L.UpSampling2D((1, 2), interpolation="bilinear"), UpSampling2D(size=(1, 2), interpolation="bilinear")),
    (L.BatchNormalization(axis=3, momentum=0.5), BatchNormalization(momentum=0.5)),
    (L.LayerNormalization(axis=3, center=False), LayerNormalization(center=False)),
    (L.BatchNormalization(synchronized=True), BatchNormalization()),
]  # fmt: skip


@pytest.mark.parametrize(("in_keras", "ours"), ARGUMENTS, ids=lambda layer: str(layer)[:60])
def test_arguments_are_taken_over(in_keras: keras.layers.Layer, ours: Layer) -> None:
    net = imported(scaled(in_keras))

    assert net.layers == (ours,)
    assert net.notes == ()


def test_for_a_vector_the_last_axis_is_the_first() -> None:
    assert layers_of(scaled(L.Flatten(), L.BatchNormalization(axis=1))) == (Flatten(), BatchNormalization())


@pytest.mark.parametrize("initializer", [keras.initializers.GlorotUniform(seed=3), "glorot_uniform"])
def test_the_seed_of_the_default_initializer_is_not_worth_a_note(initializer: object) -> None:
    assert notes_of(scaled(L.Dense(3, kernel_initializer=initializer))) == []


HELD = keras.constraints.MaxNorm(2)
NOTES = [
    (
        L.Conv2D(3, 3, kernel_initializer="he_normal", name="c"),
        "Conv2D 'c': kernel_initializer HeNormal is left out: weights begin as Keras begins them.",
    ),
    (L.Dense(3, bias_initializer="ones", name="d"), "bias_initializer Ones is left out"),
    (L.BatchNormalization(gamma_initializer="zeros", name="b"), "gamma_initializer Zeros is left out"),
    (L.Dense(3, kernel_constraint=HELD, name="d"), "kernel_constraint MaxNorm is left out: weights may take any"),
    (L.Dense(3, bias_regularizer="l2", name="d"), "bias_regularizer L2 is left out: it adds nothing to the loss."),
    (L.Dense(3, activity_regularizer="l1", name="d"), "activity_regularizer L1 is left out"),
    (
        L.Dense(3, kernel_regularizer=keras.regularizers.OrthogonalRegularizer(), name="d"),
        "kernel_regularizer OrthogonalRegularizer is left out",
    ),
    (L.Dense(3, kernel_regularizer=keras.regularizers.L2(99), name="d"), "kernel_regularizer L2 is left out"),
    (L.Dense(3, trainable=False, name="d"), "Dense 'd': it is not trainable in the file; here all weights are"),
    (L.Dense(3, dtype="mixed_float16", name="d"), "dtype mixed_float16 is left out: it computes in float32."),
]  # fmt: skip


@pytest.mark.parametrize(("layer", "sentence"), NOTES, ids=lambda value: str(value)[:40])
def test_what_only_training_feels_is_left_out_with_a_note(layer: keras.layers.Layer, sentence: str) -> None:
    (note,) = notes_of(scaled(layer))

    assert sentence in note


def test_layers_with_the_same_note_share_it() -> None:
    layers = (L.Dense(3, kernel_initializer="he_normal", name=name) for name in ("one", "two"))

    (note,) = notes_of(scaled(*layers))

    assert note.startswith("Dense 'one', Dense 'two': kernel_initializer HeNormal")


def test_a_frozen_layer_without_weights_is_not_worth_a_note() -> None:
    assert notes_of(scaled(L.MaxPooling2D(trainable=False))) == []


REFUSED = [
    (L.Conv2D(3, 3, data_format="channels_first", name="x"), "Conv2D 'x': its data_format is channels_first"),
    (L.BatchNormalization(axis=1, name="x"), "it works along axis 1; here that is always the last one."),
    (L.LayerNormalization(axis=[1, 2, 3], name="x"), "it works along axis [1, 2, 3]"),
    (L.Softmax(axis=1, name="x"), "it works along axis 1"),
    (L.BatchNormalization(renorm=True, name="x"), "its renorm is true, which is not possible here."),
    (L.LayerNormalization(rms_scaling=True, name="x"), "its rms_scaling is true"),
    (L.Dropout(0.5, noise_shape=(None, 1, 1, 3), name="x"), "its noise_shape is [null, 1, 1, 3]"),
    (L.UpSampling2D(interpolation="bicubic", name="x"), "its interpolation is bicubic"),
    (L.Conv2D(9000, 1, name="x"), "its filters is 9000"),
    (L.Dense(4, activation="glu", name="x"), "its activation is glu"),
    (L.Dense(4, activation=L.LeakyReLU(), name="x"), "its activation is LeakyReLU"),
    (L.Conv2DTranspose(3, 3, name="x"), "Conv2DTranspose 'x': there is no such layer here."),
    (L.Reshape((64, 3), name="x"), "Reshape 'x': there is no such layer here."),
    (L.Rescaling(2.0, name="x"), "Rescaling 'x': there is no such layer here."),
    (L.RandomFlip(name="x"), "RandomFlip 'x': there is no such layer here."),
]


@pytest.mark.parametrize(("layer", "sentence"), REFUSED, ids=lambda value: str(value)[:40])
def test_what_would_compute_something_else_is_refused(layer: keras.layers.Layer, sentence: str) -> None:
    assert sentence in refusal(as_json(scaled(L.Activation("relu"), layer)))


def test_every_layer_that_cannot_be_taken_over_is_named() -> None:
    model = scaled(L.Reshape((64, 3), name="flat"), L.Permute((2, 1), name="turned"), L.Reshape((192,), name="row"))

    assert refusal(as_json(model), "my.json") == (
        "my.json cannot be taken over. Reshape 'flat', Permute 'turned', Reshape 'row': there is no such layer here."
    )
