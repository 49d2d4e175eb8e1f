"""The layer catalogue, and the arithmetic of shapes and cost in pure Python."""

from core.architecture.catalogue import CATALOGUE, FRESH, AnyLayer
from core.architecture.layer import Layer, Purpose, Shape
from core.architecture.layers.residual import Residual
from core.architecture.place import Place
from core.architecture.readout import Readout
from core.architecture.summary import Summary, summarize
from core.problem import Fix, Problem, Severity

__all__ = [
    "CATALOGUE",
    "FRESH",
    "AnyLayer",
    "Fix",
    "Layer",
    "Place",
    "Problem",
    "Purpose",
    "Readout",
    "Residual",
    "Severity",
    "Shape",
    "Summary",
    "summarize",
]
