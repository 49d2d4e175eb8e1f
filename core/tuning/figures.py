"""What a run has reached of the objective, epoch by epoch."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from core.runs.database import Database
from core.runs.history import epochs
from core.runs.run import Run


@dataclass(frozen=True)
class Figures:
    """``by_epoch``: the figure called ``name`` after each epoch, from 1; NaN where it was none.

    ``kept_epoch`` is the epoch whose weights the model has, where that need not be the last one.
    """

    name: str
    by_epoch: Mapping[int, float]
    kept_epoch: int | None = None

    @classmethod
    def of(cls, database: Database, run: Run, name: str) -> Self:
        """Those of ``run`` up to now. Read ``run`` first: of one that has ended, all epochs are here then."""
        table = epochs(database, run.id)
        return cls(name, dict(zip(table["epoch"].tolist(), table[name].tolist(), strict=True)), run.kept_epoch)

    @property
    def of_model(self) -> float | None:
        """That of the model which the run leaves: of the epoch that it kept, else of the last one.

        It is not the best of all epochs, which is no model's. None where there is no epoch.
        """
        if not self.by_epoch:
            return None
        last = self.by_epoch[max(self.by_epoch)]
        return last if self.kept_epoch is None else self.by_epoch.get(self.kept_epoch, last)

    def after(self, epoch: int) -> Iterator[tuple[int, float]]:
        """The epochs after ``epoch`` in their order, each with its figure."""
        return ((each, self.by_epoch[each]) for each in sorted(self.by_epoch) if each > epoch)
