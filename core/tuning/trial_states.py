"""The states of trials as their tables name them, known without Optuna: it takes long to import."""

from typing import Final

RUNNING: Final = "running"
COMPLETE: Final = "complete"
PRUNED: Final = "pruned"
FAILED: Final = "failed"

FINISHED: Final = (COMPLETE, PRUNED)
"""What counts as one of the trials that were asked for."""
