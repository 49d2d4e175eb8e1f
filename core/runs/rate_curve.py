"""The learning rate that a run has had, step by step, and where people have changed it."""

import pandas as pd

from core.runs.curves import step_bucket, thinned

COLUMNS = ["epoch", "learning_rate", "is_change"]


def rate_curve(
    history: pd.DataFrame,
    steps: pd.DataFrame,
    rate_changes: pd.DataFrame,
    steps_per_epoch: int | None,
    epochs: int,
) -> pd.DataFrame:
    """One row per point: columns epoch (how many epochs were done, with fractions), learning_rate, and is_change.

    The tables are what `core.runs.history` gives. A rate holds from its point to the next one, and the last point says
    how far it is known. Rows with ``is_change`` are the changes by hand that were applied, and stand last. The rates
    are those of the steps, else of the epochs; empty where none is known.
    """
    points = _of_steps(steps, steps_per_epoch, epochs) if steps_per_epoch else _none()
    points = _of_epochs(history) if points.empty else points
    if points.empty or not steps_per_epoch:
        return points
    return pd.concat([points, _by_hand(rate_changes, steps_per_epoch)], ignore_index=True)


def _of_steps(steps: pd.DataFrame, steps_per_epoch: int, epochs: int) -> pd.DataFrame:
    """A step is made with its rate from the end of the step before it."""
    if "learning_rate" not in steps:
        return _none()
    known = steps[["step", "learning_rate"]].rename(columns={"learning_rate": "value"}).dropna()
    kept = thinned(known, step_bucket(steps_per_epoch * epochs))
    return _held((kept["step"] - 1) / steps_per_epoch, kept["value"], until=kept["step"].max() / steps_per_epoch)


def _of_epochs(history: pd.DataFrame) -> pd.DataFrame:
    if "learning_rate" not in history:
        return _none()
    known = history[["epoch", "learning_rate"]].dropna()
    return _held(known["epoch"] - 1, known["learning_rate"], until=known["epoch"].max())


def _held(begins: pd.Series, rates: pd.Series, until: float) -> pd.DataFrame:
    if rates.empty:
        return _none()
    table = pd.DataFrame({"epoch": [*begins, until], "learning_rate": [*rates, rates.iloc[-1]]}, dtype="float64")
    return table.assign(is_change=False)


def _by_hand(rate_changes: pd.DataFrame, steps_per_epoch: int) -> pd.DataFrame:
    applied = rate_changes.dropna(subset="step")
    columns = {"epoch": applied["step"] / steps_per_epoch, "learning_rate": applied["learning_rate"]}
    return pd.DataFrame(columns, dtype="float64").assign(is_change=True)


def _none() -> pd.DataFrame:
    empty = pd.DataFrame({"epoch": [], "learning_rate": []}, dtype="float64")
    return empty.assign(is_change=pd.Series(dtype="bool"))
