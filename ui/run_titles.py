"""What a run is called where one of several is chosen."""

import pandas as pd

from core.runs.run import Run
from ui.numbers import percent, quantity
from ui.text import _


def with_best(run: Run, best: pd.Series) -> str:
    """Its number and its best figure on the validation images; ``best`` is its row of `core.runs.history.best_of`."""
    if pd.notna(best["val_accuracy"]):
        return _("Run {number} · best validation accuracy {accuracy}").format(
            number=run.number, accuracy=percent(best["val_accuracy"])
        )
    if pd.notna(best["val_mean_absolute_error"]):
        return _("Run {number} · least validation error {error}").format(
            number=run.number, error=quantity(best["val_mean_absolute_error"])
        )
    return _("Run {number}").format(number=run.number)
