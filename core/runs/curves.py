"""The curves of a run as a table, thinned so that a long run is as quickly drawn as a short one."""

from math import ceil

import pandas as pd

FIGURES = {"loss": ("loss", "val_loss"), "accuracy": ("accuracy", "val_accuracy")}
"""What is drawn, and the columns of the history that hold it for training and for validation."""

LONGEST_CURVE = 600
"""About how many points the curve of the steps has at most."""

COLUMNS = ["epoch", "figure", "part", "detail", "value", "is_best"]


def curves(history: pd.DataFrame, steps: pd.DataFrame, steps_per_epoch: int | None, epochs: int) -> pd.DataFrame:
    """One row per point. ``history`` and ``steps`` are what `core.runs.history` gives, ``epochs`` those of the recipe.

    Columns: epoch (how many epochs were done at that point, with fractions for steps), figure (``loss`` or
    ``accuracy``), part (``train`` or ``validation``), detail (``epoch`` or ``step``), value, and is_best, which is true
    for the best epoch on the validation images. A figure that was not measured has no row.
    """
    tables = [_of_epochs(history, figure) for figure in FIGURES]
    if steps_per_epoch:
        width = step_bucket(steps_per_epoch * epochs)
        tables += [_of_steps(steps, figure, steps_per_epoch, width) for figure in FIGURES]
    return pd.concat(tables, ignore_index=True)


def step_bucket(steps: int) -> int:
    """Of how many steps in a row two are drawn when a run takes ``steps`` in all.

    It follows from the length of the whole run, so that what is drawn already stays as it is while the run goes on.
    """
    return max(1, ceil(2 * steps / LONGEST_CURVE))


def thinned(points: pd.DataFrame, width: int) -> pd.DataFrame:
    """Of every ``width`` steps in a row the lowest and the highest, and the first and the last step of all.

    ``points`` has the columns step (from 1, ascending) and value, without NaN, and an index without duplicates.
    """
    if points.empty:
        return points
    values = points.groupby((points["step"] - 1) // width)["value"]
    kept = {*values.idxmin(), *values.idxmax(), points.index[0], points.index[-1]}
    return points.loc[sorted(kept)]


def best_epoch(history: pd.DataFrame, figure: str) -> int | None:
    """The first epoch with the highest validation accuracy, or the lowest validation loss; None where there is none."""
    values = history.set_index("epoch")[FIGURES[figure][1]].dropna()
    if values.empty:
        return None
    return int(values.idxmax() if figure == "accuracy" else values.idxmin())


def overfitting_since(history: pd.DataFrame) -> int | None:
    """The epoch with the lowest validation loss, where two or more epochs since lowered the training loss alone."""
    best = best_epoch(history, "loss")
    if best is None or len(history) < best + 2:
        return None
    losses = history.set_index("epoch")["loss"]
    return best if losses.iloc[-1] < losses[best] else None


def _of_epochs(history: pd.DataFrame, figure: str) -> pd.DataFrame:
    best = best_epoch(history, figure)
    tables = [
        _points(history["epoch"], figure, part, "epoch", history[column]).assign(
            is_best=(history["epoch"] == best) & (part == "validation")
        )
        for part, column in zip(("train", "validation"), FIGURES[figure], strict=True)
    ]
    return pd.concat(tables, ignore_index=True).dropna(subset="value")


def _of_steps(steps: pd.DataFrame, figure: str, steps_per_epoch: int, width: int) -> pd.DataFrame:
    points = pd.DataFrame({"step": steps["step"], "value": steps[figure]}).dropna()
    kept = thinned(points, width)
    return _points(kept["step"] / steps_per_epoch, figure, "train", "step", kept["value"])


def _points(epoch: pd.Series, figure: str, part: str, detail: str, value: pd.Series) -> pd.DataFrame:
    columns = {"epoch": epoch.astype("float64"), "figure": figure, "part": part, "detail": detail, "value": value}
    return pd.DataFrame(columns, index=epoch.index).assign(is_best=False)[COLUMNS]
