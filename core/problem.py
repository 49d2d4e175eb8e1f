"""What is wrong with a recipe, at which layer, and what would mend it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from core.message import Message

if TYPE_CHECKING:
    from core.architecture.layer import Layer


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Fix:
    """One click that mends a problem: the whole new list of layers, or None to leave it, and new values for the
    training."""

    message: Message
    layers: "tuple[Layer, ...] | None" = None
    training: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """``place`` is where the layer stands that causes it: the position in the list, from 0, and further ones inside
    Residuals; None where no single layer is the cause. An error forbids training."""

    place: tuple[int, ...] | None
    message: Message
    fixes: tuple[Fix, ...] = ()
    severity: Severity = Severity.ERROR

    @property
    def layer(self) -> int | None:
        """The position in the list itself: for a layer inside a Residual, that of the Residual."""
        return None if self.place is None else self.place[0]

    @property
    def forbids_training(self) -> bool:
        return self.severity is Severity.ERROR
