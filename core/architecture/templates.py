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
    "vgg_small": Template(
        mark("Small VGG"), mark("Pairs of 3 × 3 convolutions before each pooling, with dropout: slower, stronger.")
    ),
}
"""The templates by the name of their recipe, in the order in which they are offered."""


@cache
def template_layers(name: str) -> tuple[Layer, ...]:
    """The layers of ``recipes/<name>.yaml``."""
    content = yaml.safe_load((RECIPES / f"{name}.yaml").read_text(encoding="utf-8"))
    return TypeAdapter(tuple[AnyLayer, ...]).validate_python(tuple(content["layers"]))
