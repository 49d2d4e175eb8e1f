"""Every kind of layer there is: the single source for forms, recipe files, readouts and the Keras model."""

from typing import Annotated, get_args

from pydantic import Field

from core.architecture.layer import Layer
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
from core.architecture.layers.residual import Residual
from core.architecture.layers.separable_conv2d import SeparableConv2D
from core.architecture.layers.softmax import Softmax
from core.architecture.layers.spatial_dropout2d import SpatialDropout2D
from core.architecture.layers.up_sampling2d import UpSampling2D
from core.architecture.layers.zero_padding2d import ZeroPadding2D

AnyLayer = Annotated[
    Conv2D
    | SeparableConv2D
    | DepthwiseConv2D
    | MaxPooling2D
    | AveragePooling2D
    | GlobalAveragePooling2D
    | GlobalMaxPooling2D
    | Dense
    | Flatten
    | Residual
    | ZeroPadding2D
    | UpSampling2D
    | Activation
    | LeakyReLU
    | ReLU
    | ELU
    | Softmax
    | Dropout
    | SpatialDropout2D
    | BatchNormalization
    | LayerNormalization,
    Field(discriminator="kind"),
]

Residual.model_rebuild(_types_namespace={"AnyLayer": AnyLayer})

CATALOGUE: dict[str, type[Layer]] = {kind.__name__: kind for kind in get_args(get_args(AnyLayer)[0])}
"""The layer classes by kind, in the order in which they are offered."""

FRESH: dict[str, Layer] = {
    "Conv2D": Conv2D(filters=32, kernel_size=3, activation="relu"),
    "SeparableConv2D": SeparableConv2D(filters=32, kernel_size=3, activation="relu"),
    "DepthwiseConv2D": DepthwiseConv2D(kernel_size=3, activation="relu"),
    "MaxPooling2D": MaxPooling2D(),
    "AveragePooling2D": AveragePooling2D(),
    "GlobalAveragePooling2D": GlobalAveragePooling2D(),
    "GlobalMaxPooling2D": GlobalMaxPooling2D(),
    "Dense": Dense(units=64, activation="relu"),
    "Flatten": Flatten(),
    "Residual": Residual(
        layers=(
            Conv2D(filters=32, kernel_size=3, padding="same", activation="relu"),
            Conv2D(filters=32, kernel_size=3, padding="same"),
        ),
        activation="relu",
    ),
    "ZeroPadding2D": ZeroPadding2D(),
    "UpSampling2D": UpSampling2D(),
    "Activation": Activation(activation="relu"),
    "LeakyReLU": LeakyReLU(),
    "ReLU": ReLU(),
    "ELU": ELU(),
    "Softmax": Softmax(),
    "Dropout": Dropout(rate=0.25),
    "SpatialDropout2D": SpatialDropout2D(rate=0.25),
    "BatchNormalization": BatchNormalization(),
    "LayerNormalization": LayerNormalization(),
}
"""A layer of each kind as it is first added to a list."""
