"""Nets of many sizes for the tests of the brick diagram."""

from core.architecture import Layer, Residual, Shape, Summary, summarize
from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.dropout import Dropout
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.global_average_pooling2d import GlobalAveragePooling2D
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.architecture.layers.relu import ReLU
from core.architecture.templates import RECIPES
from core.recipe import load

Net = tuple[tuple[Layer, ...], Shape]


def conv(filters: int, **arguments) -> Conv2D:
    return Conv2D(filters=filters, kernel_size=3, **({"padding": "same"} | arguments))


def of_recipe(name: str) -> Net:
    recipe = load(RECIPES / f"{name}.yaml")
    return recipe.layers, recipe.image.shape


def block(filters: int, strides: int = 1) -> Residual:
    return Residual(
        layers=(conv(filters, strides=strides), BatchNormalization(), ReLU(), conv(filters), BatchNormalization())
    )


INNERMOST = Residual(layers=(conv(8),))
NESTED = Residual(layers=(BatchNormalization(), ReLU(), Residual(layers=(conv(24), INNERMOST)), conv(16)))

NETS: dict[str, Net] = {
    "2 layers": ((Flatten(), Dense(units=10)), (28, 28, 1)),
    "LeNet-5": of_recipe("lenet5"),
    "12 layers": (
        (
            *(conv(16 * 2**level) for level in range(4) for _ in range(2)),
            *(MaxPooling2D(), Flatten(), Dense(units=64), Dense(units=10)),
        ),
        (32, 32, 3),
    ),
    "VGG16": of_recipe("vgg16"),
    "40 layers of one size": (
        (*(conv(16) for _ in range(38)), GlobalAveragePooling2D(), Dense(units=10)),
        (28, 28, 1),
    ),
    "40 layers that shrink": (
        (
            *(conv(24) if number % 4 else MaxPooling2D(padding="same") for number in range(38)),
            *(Flatten(), Dense(units=10)),
        ),
        (96, 96, 3),
    ),
    "ResNet": (
        (
            *(conv(16), block(16), block(16), block(32, 2), block(32), block(64, 2), block(64)),
            *(GlobalAveragePooling2D(), Dense(units=10)),
        ),
        (32, 32, 3),
    ),
    "nested Residuals": ((conv(16), NESTED, BatchNormalization(), ReLU(), Flatten(), Dense(units=10)), (20, 40, 3)),
    "a problem": (
        (conv(8), Dropout(rate=0.5, disabled=True), MaxPooling2D(pool_size=40), block(8), Flatten(), Dense(units=10)),
        (28, 28, 1),
    ),
    "no layers": ((), (28, 28, 1)),
    "an empty Residual": ((conv(8), Residual(layers=())), (28, 28, 1)),
}


def summary(name: str) -> tuple[Summary, Shape]:
    layers, image = NETS[name]
    return summarize(layers, image), image
