"""How numbers to predict are brought near 0, where a net begins and learns best, and back."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum, sqrt
from typing import Self


@dataclass(frozen=True)
class NumberScale:
    """What is learned is (number − ``mean``) ÷ ``deviation``; as it stands by default, the number itself."""

    mean: float = 0.0
    deviation: float = 1.0

    @classmethod
    def of(cls, numbers: Iterable[float]) -> Self:
        """The mean and the standard deviation of ``numbers``, at least one; a deviation of 1 where all are the same."""
        known = [float(number) for number in numbers]
        mean = fsum(known) / len(known)
        return cls(mean, sqrt(fsum((number - mean) ** 2 for number in known) / len(known)) or 1.0)

    @property
    def is_plain(self) -> bool:
        """Whether it changes nothing."""
        return self == type(self)()
