"""The curves of a run as a table, thinned so that a long run is as quickly drawn as a short one."""

from collections.abc import Sequence
from math import ceil

import pandas as pd

from core.objective.metrics import METRICS

LOSS, ACCURACY, ABSOLUTE_ERROR = "loss", "accuracy", "mean_absolute_error"

LONGEST_CURVE = 600
"""About how many points the curve of the steps has at most."""

COLUMNS = ["epoch", "figure", "part", "detail", "value", "is_best"]

_OF_VALIDATION = "val_"
_NO_FIGURES = ("step", "learning_rate")


def curves(history: pd.DataFrame, steps: pd.DataFrame, steps_per_epoch: int | None, epochs: int) -> pd.DataFrame:
    """One row per point. ``history`` and ``steps`` are what `core.runs.history` gives, ``epochs`` those of the recipe.

    Columns: epoch (how many epochs were done at that point, with fractions for steps), figure (``loss``, ``accuracy``
    or the name of another metric), part (``train`` or ``validation``), detail (``epoch`` or ``step``), value, and
    is_best, which is true for the best epoch on the validation images. A figure that was not measured has no row.
    """
    figures = measured(history, steps)
    tables = [_of_epochs(history, figure) for figure in figures]
    if steps_per_epoch:
        width = step_bucket(steps_per_epoch * epochs)
        tables += [_of_steps(steps, figure, steps_per_epoch, width) for figure in figures if figure in steps]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=COLUMNS)


def measured(history: pd.DataFrame, steps: pd.DataFrame) -> list[str]:
    """The figures that have a value: loss and accuracy first, then the other metrics in the order of their columns."""
    of_epochs = [name for name in history if f"{_OF_VALIDATION}{name}" in history]
    of_steps = [name for name in steps if name not in _NO_FIGURES]
    return [
        name
        for name in dict.fromkeys([*of_epochs, *of_steps])
        if any(table[column].notna().any() for table, column in _columns(history, steps, name))
    ]


def shown(
    history: pd.DataFrame, steps: pd.DataFrame, metrics: Sequence[str] = (), *, has_accuracy: bool = True
) -> list[str]:
    """The figures that have a place: those measured; before anything is, loss, accuracy if there is one, and
    ``metrics``."""
    return measured(history, steps) or [LOSS, *([ACCURACY] if has_accuracy else []), *metrics]


def validation_column(figure: str) -> str:
    """The column of the history that holds ``figure`` on the validation images."""
    return f"{_OF_VALIDATION}{figure}"


def is_share(figure: str) -> bool:
    """Whether ``figure`` is a share of the images, best at 1; the loss and the errors are best at 0."""
    return figure == ACCURACY or any(name == figure and metric.is_share for name, metric in METRICS.items())


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
    """The first epoch with the best value on the validation images: the highest share, else the lowest value.

    None where there is none.
    """
    if validation_column(figure) not in history:
        return None
    values = history.set_index("epoch")[validation_column(figure)].dropna()
    if values.empty:
        return None
    return int(values.idxmax() if is_share(figure) else values.idxmin())


def _columns(history: pd.DataFrame, steps: pd.DataFrame, figure: str) -> list[tuple[pd.DataFrame, str]]:
    """Where values of ``figure`` stand."""
    places = [(history, figure), (history, validation_column(figure)), (steps, figure)]
    return [(table, column) for table, column in places if column in table]


def _of_epochs(history: pd.DataFrame, figure: str) -> pd.DataFrame:
    best = best_epoch(history, figure)
    tables = [
        _points(history["epoch"], figure, part, "epoch", history[column]).assign(
            is_best=(history["epoch"] == best) & (part == "validation")
        )
        for part, column in (("train", figure), ("validation", validation_column(figure)))
        if column in history
    ]
    return pd.concat(tables, ignore_index=True).dropna(subset="value") if tables else pd.DataFrame(columns=COLUMNS)


def _of_steps(steps: pd.DataFrame, figure: str, steps_per_epoch: int, width: int) -> pd.DataFrame:
    points = pd.DataFrame({"step": steps["step"], "value": steps[figure]}).dropna()
    kept = thinned(points, width)
    return _points(kept["step"] / steps_per_epoch, figure, "train", "step", kept["value"])


def _points(epoch: pd.Series, figure: str, part: str, detail: str, value: pd.Series) -> pd.DataFrame:
    columns = {"epoch": epoch.astype("float64"), "figure": figure, "part": part, "detail": detail, "value": value}
    return pd.DataFrame(columns, index=epoch.index).assign(is_best=False)[COLUMNS]
