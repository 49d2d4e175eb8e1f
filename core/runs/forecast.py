"""What a training will take on this machine, as a short probe found it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True)
class Forecast:
    """The answer to `core.runs.inspections.ask_forecast`.

    ``seconds_per_step`` and ``validation_seconds_per_batch`` are medians, ``first_step_seconds`` is what the first step
    takes, which makes the graph, and ``seconds_per_epoch`` counts steps and validation batches of a later epoch.
    ``peak_bytes`` is what the net adds to a process at most, ``data_bytes`` what the training and validation images
    and their labels take, ``process_bytes`` what a process has before; ``available_bytes`` is what the machine could
    give then. ``was_busy``: a run was at work meanwhile, which makes the times longer than they need be.
    """

    seconds_per_step: float
    first_step_seconds: float
    validation_seconds_per_batch: float
    seconds_per_epoch: float
    peak_bytes: int
    data_bytes: int
    process_bytes: int
    available_bytes: int
    was_busy: bool
    batches_measured: int

    @classmethod
    def from_result(cls, result: Mapping[str, Any]) -> Self:
        """Reads what `to_result` made and an inspection kept."""
        return cls(**result)

    def to_result(self) -> dict[str, Any]:
        """The forecast in JSON values."""
        return asdict(self)

    @property
    def needed_bytes(self) -> int:
        """What a process takes that trains, with all it holds."""
        return self.peak_bytes + self.data_bytes + self.process_bytes

    @property
    def fits(self) -> bool:
        """Whether the machine could give that much when it was probed."""
        return self.needed_bytes <= self.available_bytes
