"""Nets to start from. They are the recipes in ``recipes/``, so that the command line trains the same ones."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from core.architecture.catalogue import AnyLayer
from core.architecture.layer import Layer
from core.message import mark

RECIPES = Path(__file__).parents[2] / "recipes"


@dataclass(frozen=True)
class Template:
    title: str
    summary: str


TEMPLATES: dict[str, Template] = {
    "first_cnn": Template(
        mark("First CNN"), mark("Two convolutions and two poolings: small, quick, and good on small images.")
    ),
    "lenet5": Template(
        mark("LeNet-5"), mark("The classic for digits (LeCun, 1998): tanh, average pooling, 61,706 parameters.")
    ),
    "alexnet_small": Template(
        mark("Small AlexNet"),
        mark("Five convolutions, overlapping poolings and dropout (Krizhevsky, 2012), for images of 28 to 64 pixels."),
    ),
    "vgg_small": Template(
        mark("Small VGG"), mark("Pairs of 3 × 3 convolutions before each pooling, with dropout: slower, stronger.")
    ),
    "vgg16": Template(
        mark("VGG-16"),
        mark("Thirteen convolutions, five poolings (Simonyan, 2014): slow and huge, for images of 32 pixels or more."),
    ),
    "resnet_small": Template(
        mark("Small ResNet"),
        mark("Six residual blocks in three stages (He, 2015): deep, with few parameters and batch normalization."),
    ),
    "fully_convolutional": Template(
        mark("All convolutions"),
        mark("Strides instead of pooling, and the mean of each map at the end: it takes images of any size."),
    ),
    "mlp": Template(
        mark("Without convolutions"), mark("Two dense layers on the pixels, to compare: it knows no neighbours.")
    ),
}
"""The templates by the name of their recipe, in the order in which they are offered."""


@cache
def template_layers(name: str) -> tuple[Layer, ...]:
    """The layers of ``recipes/<name>.yaml``."""
    content = yaml.safe_load((RECIPES / f"{name}.yaml").read_text(encoding="utf-8"))
    return TypeAdapter(tuple[AnyLayer, ...]).validate_python(tuple(content["layers"]))
