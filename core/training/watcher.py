"""Who is told how a training goes, and says what people want of it."""

from collections.abc import Sequence
from typing import Protocol

from core.runs.progress import EpochMetrics, Live, Orders, RateChange, StepMetrics


class Watcher(Protocol):
    """A training calls it from its own thread, between two chunks of batches: it must not be slow."""

    def on_steps(self, steps: Sequence[StepMetrics], live: Live) -> None:
        """These steps were done."""

    def on_epoch(self, epoch: EpochMetrics) -> None:
        """This epoch was done, and all its steps were told."""

    def on_rate_change(self, change: RateChange) -> None:
        """This change was applied."""

    def on_checkpoint(self) -> None:
        """A checkpoint will be written: what was said until now is not said again by a training that goes on there."""

    def orders(self) -> Orders:
        """What people want now."""
        ...


class Nobody:
    """Hears nothing of it and lets it run."""

    def on_steps(self, steps: Sequence[StepMetrics], live: Live) -> None:
        """Is not heard."""

    def on_epoch(self, epoch: EpochMetrics) -> None:
        """Is not heard."""

    def on_rate_change(self, change: RateChange) -> None:
        """Is not heard."""

    def on_checkpoint(self) -> None:
        """Is not heard."""

    def orders(self) -> Orders:
        """None."""
        return Orders(stop=False, pause=False)
