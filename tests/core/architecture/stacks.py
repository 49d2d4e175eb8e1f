"""Images and layers drawn at random, and the same layers in Keras, which is the oracle."""

from collections.abc import Callable, Sequence
from typing import Any

import keras
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from core.architecture import Layer, Shape
from core.architecture.layers.activation import Activation
from core.architecture.layers.average_pooling2d import AveragePooling2D
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.dropout import Dropout
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.global_average_pooling2d import GlobalAveragePooling2D
from core.architecture.layers.global_max_pooling2d import GlobalMaxPooling2D
from core.architecture.layers.max_pooling2d import MaxPooling2D

image_shapes = st.tuples(st.integers(1, 20), st.integers(1, 20), st.sampled_from([1, 3]))
input_shapes = st.one_of(
    st.tuples(st.integers(1, 12), st.integers(1, 12), st.sampled_from([1, 2, 3, 4, 6])), st.tuples(st.integers(1, 30))
)


def sizes(largest: int) -> SearchStrategy[int | tuple[int, int]]:
    lengths = st.integers(1, largest)
    return lengths | st.tuples(lengths, lengths)


mostly_one = st.just(1) | sizes(3)
paddings = st.sampled_from(["valid", "same"])
activations = st.sampled_from([None, "relu", "softmax", "linear"])

convolutions = st.builds(
    Conv2D,
    filters=st.sampled_from([1, 2, 3, 4, 6]),
    kernel_size=sizes(5),
    strides=mostly_one,
    padding=paddings,
    dilation_rate=mostly_one,
    groups=st.just(1) | st.integers(1, 4),
    activation=activations,
    use_bias=st.booleans(),
)


def poolings(kind: type[Layer]) -> SearchStrategy[Layer]:
    return st.builds(kind, pool_size=sizes(4), strides=st.none() | sizes(4), padding=paddings)


pooling_layers = poolings(MaxPooling2D) | poolings(AveragePooling2D)
other_layers = st.one_of(
    st.builds(Dense, units=st.integers(1, 9), use_bias=st.booleans(), activation=activations),
    st.builds(BatchNormalization, center=st.booleans(), scale=st.booleans(), momentum=st.floats(0, 1)),
    st.builds(Dropout, rate=st.floats(0, 0.9)),
    st.builds(Activation, activation=st.sampled_from(["relu", "tanh", "gelu"])),
    st.just(Flatten()),
    st.builds(GlobalAveragePooling2D, keepdims=st.booleans()),
    st.builds(GlobalMaxPooling2D, keepdims=st.booleans()),
)
layers = st.one_of(convolutions, pooling_layers, other_layers)
stacks = st.lists(st.one_of(convolutions, convolutions, pooling_layers, other_layers), min_size=1, max_size=6)


def in_keras(layer: Layer) -> keras.layers.Layer:
    return getattr(keras.layers, layer.kind)(**layer.keras_arguments())


def follow(stack: Sequence[Layer], shape: Shape) -> list[tuple[keras.layers.Layer, Any]]:
    """Each Keras layer with its symbolic output, for an image of ``shape``."""
    values = keras.Input(shape)
    steps = []
    for layer in stack:
        keras_layer = in_keras(layer)
        values = keras_layer(values)
        steps.append((keras_layer, values))
    return steps


def refusal(action: Callable[[], Any]) -> ValueError | None:
    """What Keras says against ``action``; None where it accepts it."""
    try:
        action()
    except ValueError as error:
        return error
    return None
