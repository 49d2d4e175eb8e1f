"""Two nets side by side, and a Conv2D beside the Dense that could do its work."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from math import prod

from core.architecture.layer import Layer, Shape
from core.architecture.layers.dense import Dense
from core.architecture.readout import Readout, walk


def dense_parameters(input_shape: Shape, output_shape: Shape) -> int:
    """The parameters, biases included, of a Dense from every number of the input to every number of the output."""
    return Dense.model_construct(units=prod(output_shape)).parameters((prod(input_shape),))


@dataclass(frozen=True)
class Pair:
    """Readouts that belong together: of the same layer, of two versions of it, or of one that only one net has."""

    left: Readout | None
    right: Readout | None

    @property
    def is_same_layer(self) -> bool:
        """Whether both nets have this very layer here, with the same arguments."""
        return self.left is not None and self.right is not None and self.left.layer == self.right.layer


def aligned(left: Sequence[Readout], right: Sequence[Readout]) -> tuple[Pair, ...]:
    """The readouts of two nets in order, equal layers beside each other, then layers of one kind.

    Layers inside Residuals follow their Residual, and only such layers stand beside them.
    """
    lefts, rights = tuple(walk(left)), tuple(walk(right))
    matcher = SequenceMatcher(None, [_key(each) for each in lefts], [_key(each) for each in rights], autojunk=False)
    pairs: list[Pair] = []
    for _, first, last, start, stop in matcher.get_opcodes():
        pairs += _beside(lefts[first:last], rights[start:stop])
    return tuple(pairs)


def _key(readout: Readout) -> tuple[int, Layer]:
    return len(readout.place), readout.layer


def _kind(readout: Readout) -> tuple[int, str]:
    return len(readout.place), readout.layer.kind


def _beside(lefts: Sequence[Readout], rights: Sequence[Readout]) -> list[Pair]:
    """Stretches that differ: layers of one kind beside each other, in order, the others alone."""
    kinds = SequenceMatcher(None, [_kind(each) for each in lefts], [_kind(each) for each in rights], autojunk=False)
    pairs: list[Pair] = []
    for tag, first, last, start, stop in kinds.get_opcodes():
        if tag == "equal":
            pairs += [Pair(*both) for both in zip(lefts[first:last], rights[start:stop], strict=True)]
        else:
            pairs += [Pair(each, None) for each in lefts[first:last]] + [
                Pair(None, each) for each in rights[start:stop]
            ]
    return pairs
