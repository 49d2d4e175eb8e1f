"""The layer catalogue, and the arithmetic of shapes and cost in pure Python."""

from core.architecture.catalogue import CATALOGUE, FRESH, AnyLayer
from core.architecture.layer import Layer, Purpose, Shape
from core.architecture.summary import Readout, Summary, summarize
from core.problem import Fix, Problem, Severity

__all__ = [
    "CATALOGUE",
    "FRESH",
    "AnyLayer",
    "Fix",
    "Layer",
    "Problem",
    "Purpose",
    "Readout",
    "Severity",
    "Shape",
    "Summary",
    "summarize",
]
