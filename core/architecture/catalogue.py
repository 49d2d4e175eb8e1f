"""Every kind of layer there is: the single source for forms, recipe files, readouts and the Keras model."""

from typing import Annotated, get_args

from pydantic import Field

from core.architecture.layer import Layer
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

AnyLayer = Annotated[
    Conv2D
    | MaxPooling2D
    | AveragePooling2D
    | GlobalAveragePooling2D
    | GlobalMaxPooling2D
    | Flatten
    | Dense
    | Dropout
    | BatchNormalization
    | Activation,
    Field(discriminator="kind"),
]

CATALOGUE: dict[str, type[Layer]] = {kind.__name__: kind for kind in get_args(get_args(AnyLayer)[0])}
"""The layer classes by kind, in the order in which they are offered."""

FRESH: dict[str, Layer] = {
    "Conv2D": Conv2D(filters=32, kernel_size=3, activation="relu"),
    "MaxPooling2D": MaxPooling2D(),
    "AveragePooling2D": AveragePooling2D(),
    "GlobalAveragePooling2D": GlobalAveragePooling2D(),
    "GlobalMaxPooling2D": GlobalMaxPooling2D(),
    "Flatten": Flatten(),
    "Dense": Dense(units=64, activation="relu"),
    "Dropout": Dropout(rate=0.25),
    "BatchNormalization": BatchNormalization(),
    "Activation": Activation(activation="relu"),
}
"""A layer of each kind as it is first added to a list."""
