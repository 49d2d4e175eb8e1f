"""Samples of tables in which everything meets everything. ``make soak`` goes through the whole."""

import os
from collections.abc import Mapping, Sequence
from itertools import product
from typing import TypeVar

import pytest

One, Other = TypeVar("One"), TypeVar("Other")

IS_WHOLE = os.environ.get("LAYERLAB_TESTS") == "whole"


def pairs(first: Mapping[str, One], second: Mapping[str, Other]) -> list:
    """All pairs by their names; of these, in a sample, those in which each of ``first`` meets the first of ``second``
    and, in turn, one of the others."""
    names = list(product(first, second))
    if not IS_WHOLE:
        usual, *others = second
        names = [(name, met) for position, name in enumerate(first) for met in (usual, others[position % len(others)])]
    return [pytest.param(first[one], second[other], id=f"{one}-{other}") for one, other in names]


def some(values: Sequence[One], chosen: Sequence[One]) -> Sequence[One]:
    """All ``values``, or a sample: those that are ``chosen``."""
    return values if IS_WHOLE else chosen
