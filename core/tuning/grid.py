"""The points of a grid: every combination of the values of its parameters."""

from itertools import product
from math import prod
from random import Random

from core.errors import RecipeError
from core.message import say
from core.tuning.space import Label, SearchSpace

MOST_POINTS = 10_000

Point = dict[str, Label]
"""A label for each path."""


def refuse_uncountable(space: SearchSpace) -> None:
    """RecipeError where a parameter has no countable values, or there are more than `MOST_POINTS` combinations."""
    endless = next((path for path, parameter in space.parameters.items() if parameter.count is None), None)
    if endless is not None:
        raise RecipeError(
            say(
                "A grid needs values that can be counted: give {path} a step, or choices, or take the sampler random "
                "or tpe.",
                path=endless,
            )
        )
    points = size(space)
    if points > MOST_POINTS:
        raise RecipeError(
            say(
                "This grid has {points:,} points; at most {most:,} can be searched. Take larger steps or fewer "
                "parameters, or the sampler random or tpe.",
                points=points,
                most=MOST_POINTS,
            )
        )


def size(space: SearchSpace) -> int:
    """How many points the grid of ``space`` has."""
    return prod(parameter.count or 0 for parameter in space.parameters.values())


def points(space: SearchSpace) -> list[Point]:
    """All points in the order in which they are tried, shuffled by the seed: a grid that is broken off has then looked
    into all its corners."""
    labels = [parameter.labels or () for parameter in space.parameters.values()]
    found = [dict(zip(space.parameters, combination, strict=True)) for combination in product(*labels)]
    Random(space.seed).shuffle(found)
    return found
