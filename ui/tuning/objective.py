"""The figure that a search goes by, in words and numbers. It is always one on the validation images."""

from typing import Any

import pandas as pd
import streamlit as st

from core.message import mark
from core.tuning.space import SearchSpace
from ui.charts.objective_scale import ObjectiveScale
from ui.numbers import percent
from ui.parts import part_title
from ui.text import _, ngettext

_TITLES = {"val_accuracy": mark("Accuracy"), "val_loss": mark("Loss")}


def title(space: SearchSpace) -> str:
    """``Accuracy`` or ``Loss``."""
    return _(_TITLES[space.objective])


def written(value: float, space: SearchSpace) -> str:
    """An accuracy as percent, a loss in four digits; a dash for none."""
    if pd.isna(value):
        return "–"
    return percent(value) if space.maximizes else f"{value:.4f}"


def column(space: SearchSpace, name: str | None = None) -> Any:
    """How a column of a table shows it; ``name`` is its title where that is another."""
    told = _("{part}: {figure}").format(part=part_title("validation"), figure=title(space).lower())
    return st.column_config.NumberColumn(name or told, format="percent" if space.maximizes else "%.4f")


def caption_of_beyond(scale: ObjectiveScale, values: pd.Series, space: SearchSpace) -> str | None:
    """That some are far worse than the axis tells; None where there are none."""
    count = scale.beyond(values)
    if not count:
        return None
    text = (
        ngettext(
            "{count:,} trial is below {limit}: it stands at the edge.",
            "{count:,} trials are below {limit}: they stand at the edge.",
            count,
        )
        if space.maximizes
        else ngettext(
            "{count:,} trial is above {limit}: it stands at the edge.",
            "{count:,} trials are above {limit}: they stand at the edge.",
            count,
        )
    )
    return text.format(count=count, limit=written(scale.worst, space))
