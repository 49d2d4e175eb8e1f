"""The curves of a run as a table: one row per epoch, part and figure."""

import pandas as pd

COLUMNS = {
    ("loss", "train"): "loss",
    ("loss", "validation"): "val_loss",
    ("accuracy", "train"): "accuracy",
    ("accuracy", "validation"): "val_accuracy",
}
"""Figure and part, and the column of the history that holds them."""


def curves(history: pd.DataFrame) -> pd.DataFrame:
    """Columns epoch, figure (``loss`` or ``accuracy``), part (``train`` or ``validation``) and value.

    ``history`` is what `core.runs.history.epochs` gives. A figure that was not measured has no row.
    """
    tables = [
        pd.DataFrame({"epoch": history["epoch"], "figure": figure, "part": part, "value": history[column]})
        for (figure, part), column in COLUMNS.items()
    ]
    return pd.concat(tables, ignore_index=True).dropna(subset="value").reset_index(drop=True)


def best_epoch(history: pd.DataFrame) -> int | None:
    """The first epoch with the highest validation accuracy, or without one the lowest validation loss; None before any."""
    if history.empty:
        return None
    if history["val_accuracy"].notna().any():
        return int(history.loc[history["val_accuracy"].astype(float).idxmax(), "epoch"])
    return int(history.loc[history["val_loss"].idxmin(), "epoch"])
