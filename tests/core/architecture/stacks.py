"""Images and layers drawn at random, and the same layers in Keras, which is the oracle."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, get_args

import keras
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from core.architecture import Layer, Place, Residual, Shape
from core.architecture.activations import ActivationName
from core.architecture.layers.activation import Activation
from core.architecture.layers.average_pooling2d import AveragePooling2D
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.depthwise_conv2d import DepthwiseConv2D
from core.architecture.layers.dropout import Dropout
from core.architecture.layers.elu import ELU
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.global_average_pooling2d import GlobalAveragePooling2D
from core.architecture.layers.global_max_pooling2d import GlobalMaxPooling2D
from core.architecture.layers.layer_normalization import LayerNormalization
from core.architecture.layers.leaky_relu import LeakyReLU
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.architecture.layers.relu import ReLU
from core.architecture.layers.residual import DEEPEST
from core.architecture.layers.separable_conv2d import SeparableConv2D
from core.architecture.layers.softmax import Softmax
from core.architecture.layers.spatial_dropout2d import SpatialDropout2D
from core.architecture.layers.up_sampling2d import UpSampling2D
from core.architecture.layers.zero_padding2d import ZeroPadding2D
from core.architecture.readout import Readout
from core.architecture.readout import follow as read
from core.architecture.receptive_field import ReceptiveField
from core.architecture.regularizers import L1, L1L2, L2, Regularizer
from core.architecture.window import height_and_width

ACTIVATIONS = get_args(ActivationName)

image_shapes = st.tuples(st.integers(1, 20), st.integers(1, 20), st.sampled_from([1, 3]))
map_shapes = st.tuples(st.integers(1, 12), st.integers(1, 12), st.sampled_from([1, 2, 3, 4, 6]))
input_shapes = map_shapes | map_shapes | st.tuples(st.integers(1, 30))


def sizes(largest: int) -> SearchStrategy[int | tuple[int, int]]:
    lengths = st.integers(1, largest)
    return lengths | st.tuples(lengths, lengths)


def equally_often(*strategies: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """`hypothesis.strategies.one_of` would take a strategy of many choices more often than one of few."""
    return st.sampled_from(strategies).flatmap(lambda strategy: strategy)


mostly_one = st.just(1) | sizes(3)
paddings = st.sampled_from(["valid", "same"])
filters = st.sampled_from([1, 2, 3, 4, 6])
activations = st.none() | st.sampled_from(ACTIVATIONS)
strengths = st.floats(0, 10)
regularizers = st.none() | st.one_of(
    st.builds(L1, l1=strengths), st.builds(L2, l2=strengths), st.builds(L1L2, l1=strengths, l2=strengths)
)


def same_stride_unless_dilated(layer: SeparableConv2D | DepthwiseConv2D) -> bool:
    """What TensorFlow without oneDNN refuses is told by test_depthwise_strides.py: Keras by itself lets it through."""
    down, right = height_and_width(layer.strides)
    return down == right or height_and_width(layer.dilation_rate) != (1, 1)


def convolutions_2d(
    padding: SearchStrategy[str] = paddings, strides: SearchStrategy[Any] = mostly_one
) -> SearchStrategy[Layer]:
    return st.builds(
        Conv2D,
        filters=filters,
        kernel_size=sizes(5),
        strides=strides,
        padding=padding,
        dilation_rate=mostly_one,
        groups=st.just(1) | st.integers(1, 4),
        activation=activations,
        use_bias=st.booleans(),
        kernel_regularizer=regularizers,
    )


def depthwise_convolutions(
    padding: SearchStrategy[str] = paddings, strides: SearchStrategy[Any] = mostly_one, multiplier: int = 3
) -> SearchStrategy[Layer]:
    return st.builds(
        DepthwiseConv2D,
        kernel_size=sizes(4),
        strides=strides,
        padding=padding,
        dilation_rate=mostly_one,
        depth_multiplier=st.integers(1, multiplier),
        activation=activations,
        use_bias=st.booleans(),
        depthwise_regularizer=regularizers,
    ).filter(same_stride_unless_dilated)


def separable_convolutions(padding: SearchStrategy[str] = paddings) -> SearchStrategy[Layer]:
    return st.builds(
        SeparableConv2D,
        filters=filters,
        kernel_size=sizes(4),
        strides=mostly_one,
        padding=padding,
        dilation_rate=mostly_one,
        depth_multiplier=st.integers(1, 3),
        activation=activations,
        use_bias=st.booleans(),
        depthwise_regularizer=regularizers,
        pointwise_regularizer=regularizers,
    ).filter(same_stride_unless_dilated)


pooling_strides = st.none() | sizes(4)


def poolings(
    padding: SearchStrategy[str] = paddings, strides: SearchStrategy[Any] = pooling_strides
) -> SearchStrategy[Layer]:
    kinds = st.sampled_from([MaxPooling2D, AveragePooling2D])
    arguments = st.fixed_dictionaries({"pool_size": sizes(4), "strides": strides, "padding": padding})
    return st.builds(lambda kind, arguments: kind(**arguments), kinds, arguments)


convolutions = st.one_of(convolutions_2d(), separable_convolutions(), depthwise_convolutions())
margins = st.integers(0, 3)
margin_pairs = st.tuples(margins, margins)
keeping_the_shape = st.one_of(
    st.builds(BatchNormalization, center=st.booleans(), scale=st.booleans(), momentum=st.floats(0, 1)),
    st.builds(LayerNormalization, center=st.booleans(), scale=st.booleans()),
    st.builds(Dropout, rate=st.floats(0, 0.9)),
    st.builds(SpatialDropout2D, rate=st.floats(0, 0.9)),
    st.builds(Activation, activation=st.sampled_from(ACTIVATIONS)),
    st.builds(LeakyReLU, negative_slope=st.floats(0, 1)),
    st.builds(ReLU, max_value=st.none() | st.floats(0, 9), negative_slope=st.floats(0, 1), threshold=st.floats(0, 2)),
    st.builds(ELU, alpha=st.floats(0, 2)),
    st.just(Softmax()),
)
changing_the_shape = st.one_of(
    st.builds(
        Dense,
        units=st.integers(1, 9),
        use_bias=st.booleans(),
        activation=activations,
        kernel_regularizer=regularizers,
    ),
    st.just(Flatten()),
    st.builds(GlobalAveragePooling2D, keepdims=st.booleans()),
    st.builds(GlobalMaxPooling2D, keepdims=st.booleans()),
    st.builds(ZeroPadding2D, padding=margins | margin_pairs | st.tuples(margin_pairs, margin_pairs)),
    st.builds(UpSampling2D, size=sizes(3), interpolation=st.sampled_from(["nearest", "bilinear"])),
)
simple_layers = st.one_of(convolutions, poolings(), keeping_the_shape, changing_the_shape)

SAME, ONE = st.just("same"), st.just(1)
kept_inside = keeping_the_shape | depthwise_convolutions(SAME, ONE, multiplier=1) | poolings(SAME, ONE)
padded_inside = st.one_of(convolutions_2d(SAME), separable_convolutions(SAME), poolings(SAME), keeping_the_shape)


def some_disabled(layers: SearchStrategy[Layer]) -> SearchStrategy[Layer]:
    switched = st.sampled_from([False, False, False, False, True])
    return st.builds(lambda layer, disabled: layer.changed(disabled=disabled), layers, switched)


def residuals_with(
    inside: SearchStrategy[Layer], projections: SearchStrategy[bool], levels: int = DEEPEST
) -> SearchStrategy[Layer]:
    deeper = residuals_with(inside, projections, levels - 1) if levels > 1 else inside
    return st.builds(
        Residual,
        layers=st.lists(some_disabled(equally_often(inside, inside, deeper)), min_size=1, max_size=3).map(tuple),
        projection=projections,
        activation=activations,
    )


fitting_residuals = equally_often(
    residuals_with(kept_inside, st.booleans()), residuals_with(padded_inside, st.just(True))
)
residuals = equally_often(fitting_residuals, residuals_with(simple_layers, st.booleans()))
layers = equally_often(simple_layers, simple_layers, simple_layers, residuals)
stacks = st.lists(
    some_disabled(equally_often(convolutions, simple_layers, simple_layers, fitting_residuals)), min_size=1, max_size=5
)


@dataclass(frozen=True)
class Step:
    """What the layer at ``place`` became in Keras: its symbolic output, and the steps inside a Residual.

    ``made`` are the Keras layers that are its own, those inside a Residual left out.
    """

    place: Place
    made: tuple[keras.layers.Layer, ...]
    values: Any
    inner: tuple["Step", ...] = ()

    @property
    def keras_layers(self) -> tuple[keras.layers.Layer, ...]:
        return (*chain.from_iterable(step.keras_layers for step in self.inner), *self.made)

    def walk(self) -> Iterator["Step"]:
        yield self
        for step in self.inner:
            yield from step.walk()


def in_keras(layer: Layer) -> keras.layers.Layer:
    arguments = {name: _keras_value(value) for name, value in layer.keras_arguments().items()}
    return getattr(keras.layers, layer.kind)(**arguments)


def follow(stack: Sequence[Layer], shape: Shape) -> list[Step]:
    """Each layer that is not disabled in Keras, for an image of ``shape``; ValueError where one is refused."""
    return _through(stack, keras.Input(shape))


def model_of(stack: Sequence[Layer], shape: Shape) -> keras.Model:
    """The net of ``stack`` in Keras."""
    image = keras.Input(shape)
    steps = _through(stack, image)
    return keras.Model(image, steps[-1].values if steps else image)


def readouts_of(stack: Sequence[Layer], shape: Shape) -> tuple[Readout, ...]:
    """What Layerlab says of the layers; unlike an image, ``shape`` may be a vector's."""
    return read(stack, shape, ReceptiveField.of_image(shape))


def refusal(action: Callable[[], Any]) -> ValueError | None:
    """What Keras says against ``action``; None where it accepts it."""
    try:
        action()
    except ValueError as error:
        return error
    return None


def _through(stack: Sequence[Layer], values: Any, place: Place = ()) -> list[Step]:
    steps = []
    for position, layer in enumerate(stack):
        if layer.disabled:
            continue
        make = _residual if isinstance(layer, Residual) else _single
        steps.append(make(layer, values, (*place, position)))
        values = steps[-1].values
    return steps


def _single(layer: Layer, values: Any, place: Place) -> Step:
    made = in_keras(layer)
    return Step(place, (made,), made(values))


def _residual(residual: Residual, values: Any, place: Place) -> Step:
    """He et al. (2015), equations 1 and 2: y = F(x) + x, or F(x) + Wx where the shapes differ."""
    inner = _through(residual.layers, values, place)
    if not inner:
        raise ValueError("There is no F.")
    made, shortcut, inside = [], values, inner[-1].values
    if inside.shape != values.shape:
        made.append(_projection(residual, values.shape[1:], inside.shape[1:]))
        shortcut = made[-1](values)
    if shortcut.shape != inside.shape:  # Keras would stretch an axis of length 1 to fit, the paper would not
        raise ValueError(f"{shortcut.shape} and {inside.shape} are no equal shapes.")
    made.append(keras.layers.Add())
    total = made[-1]([inside, shortcut])
    if residual.activation:
        made.append(keras.layers.Activation(residual.activation))
        total = made[-1](total)
    return Step(place, tuple(made), total, tuple(inner))


def _projection(residual: Residual, before: Shape, after: Shape) -> keras.layers.Layer:
    if not residual.projection or len(before) != len(after):
        raise ValueError(f"{before} is not brought to {after}.")
    if len(before) == 1:
        return keras.layers.Dense(after[0], use_bias=False)
    strides = tuple(_stride_between(before[axis], after[axis]) for axis in (0, 1))
    return keras.layers.Conv2D(after[2], 1, strides=strides, use_bias=False)


def _stride_between(before: int, after: int) -> int:
    """The first stride with which Keras makes ``after`` positions of ``before``."""
    for stride in range(1, before + 1):
        if keras.layers.Conv2D(1, 1, strides=stride).compute_output_shape((None, before, before, 1))[1] == after:
            return stride
    raise ValueError(f"No stride makes {after} positions of {before}.")


def _keras_value(value: Any) -> Any:
    if isinstance(value, Regularizer):
        return getattr(keras.regularizers, value.kind)(**value.model_dump(exclude={"kind"}))
    return value
