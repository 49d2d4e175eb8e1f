"""What a layer costs, as sums of named products, so that a total and the sum behind it can never disagree."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod

BYTES_PER_NUMBER = 4
"""Weights and activations are float32."""


@dataclass(frozen=True)
class Factor:
    """One number of a product, such as 5 for the "kernel height"; ``name`` is in English, to be translated."""

    name: str
    value: int


@dataclass(frozen=True)
class Term:
    """A product of named factors, such as kernel height × kernel width × input channels × filters.

    ``name`` says what is counted: weights, biases, … Only parameters can be untrained: training never moves those
    against the gradient.
    """

    name: str
    factors: tuple[Factor, ...]
    is_trained: bool = True

    @property
    def value(self) -> int:
        return prod(factor.value for factor in self.factors)


def term(name: str, *factors: tuple[str, int], is_trained: bool = True) -> Term:
    """``term("biases", ("filters", 32))`` is the term of 32 biases."""
    return Term(name, tuple(Factor(*factor) for factor in factors), is_trained)


def total(terms: Iterable[Term]) -> int:
    return sum(each.value for each in terms)


def activation_bytes(activations: int, batch_size: int) -> int:
    """What ``activations`` numbers for one image take in memory for a whole batch."""
    return activations * batch_size * BYTES_PER_NUMBER


def written_out(terms: Iterable[Term]) -> str:
    """The sum in numbers: ``5 × 5 × 1 × 32 + 32 = 832``; a single number stands for itself."""
    terms = tuple(terms)
    result = f"{total(terms):,}"
    products = " + ".join(" × ".join(f"{factor.value:,}" for factor in each.factors) for each in terms)
    return result if products in ("", result) else f"{products} = {result}"
