"""A graph as chains: steps one behind the other, and places where branches of one tensor are joined again.

A branching begins at the immediate dominator of the step that joins it: the last tensor that every way to it passes.
Source: Cooper, Harvey and Kennedy, "A simple, fast dominance algorithm" (2001); here without loops, so in one pass.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.architecture.keras_file.graph import Graph, Step
from core.architecture.keras_file.remark import Remark
from core.architecture.layers.residual import DEEPEST
from core.message import say


@dataclass(frozen=True)
class Branching:
    """From the output of the step ``source``, branches lead to the step ``join``; an empty one is the tensor itself."""

    source: int
    join: int
    branches: tuple["Chain", ...]


Chain = tuple[int | Branching, ...]


@dataclass(frozen=True)
class Chained:
    """The chain from the opening to the output, and what does not fit into chains."""

    chain: Chain
    objections: tuple[Remark, ...]


def find_chain(graph: Graph, start: int) -> Chained:
    """The chain from behind the step ``start``, through which everything passes, to the one output of ``graph``."""
    walk = _Walk(graph)
    chain = walk.back(graph.outputs[0], start, depth=0)
    return Chained(chain, tuple(walk.objections))


class _Walk:
    """Goes from the output back to the input and comes by every step once."""

    def __init__(self, graph: Graph) -> None:
        self.steps = graph.steps
        self.dominators = _dominators(graph.steps)
        self.seen: set[int] = set()
        self.objections: list[Remark] = []

    def back(self, end: int, start: int, depth: int) -> Chain:
        """The chain behind ``start``, up to and with ``end``; ``depth`` counts the branchings around it."""
        elements: list[int | Branching] = []
        position = end
        while position != start:
            if position in self.seen:
                self._object_to(position)
                break
            self.seen.add(position)
            inputs = self.steps[position].inputs
            elements.append(position if len(inputs) == 1 else self._branching(position, depth + 1))
            position = inputs[0] if len(inputs) == 1 else self.dominators[position]
        return tuple(reversed(elements))

    def _branching(self, join: int, depth: int) -> Branching:
        source = self.dominators[join]
        if depth > DEEPEST:
            reason = say("at most {deepest} additions may stand inside each other.", deepest=DEEPEST)
            self.objections.append(Remark(self.steps[join].saved.label, reason))
            return Branching(source, join, ())
        return Branching(source, join, tuple(self.back(end, source, depth) for end in self.steps[join].inputs))

    def _object_to(self, position: int) -> None:
        reason = say("its output goes to several layers in a way that no Residual can have.")
        self.objections.append(Remark(self.steps[position].saved.label, reason))


def _dominators(steps: Sequence[Step]) -> list[int]:
    """For each step the last one, besides itself, that every way from the input to it passes; 0 for the input."""
    dominators: list[int] = []
    for position, step in enumerate(steps):
        nearest = step.inputs[0] if step.inputs else position
        for other in step.inputs[1:]:
            nearest = _common(nearest, other, dominators)
        dominators.append(nearest)
    return dominators


def _common(first: int, second: int, dominators: Sequence[int]) -> int:
    """The last step that both ways pass: dominators stand before what they dominate."""
    while first != second:
        if first > second:
            first = dominators[first]
        else:
            second = dominators[second]
    return first
