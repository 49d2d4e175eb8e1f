"""The columns of the table of all runs: what each is called, how it is written, and which are shown at first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from zlib import crc32

import pandas as pd
import streamlit as st
from streamlit import column_config

from core.message import mark
from core.runs.overview import SHARES, Overview
from core.runs.recipe_settings import setting_title
from core.runs.repeats import spreads
from core.runs.states import RunState
from ui import run_states
from ui.numbers import percent, quantity
from ui.parts import PART_NAMED_COLOURS, part_title
from ui.text import _, translate

NUMBER: Final = "number"
BEST: Final = {
    "accuracy": mark("best accuracy"),
    "mean_absolute_error": mark("least error"),
    "loss": mark("lowest loss"),
}
_TESTED: Final = {"accuracy": mark("accuracy"), "mean_absolute_error": mark("mean absolute error")}
_MOST_SETTINGS: Final = 8
"""So many of the settings that differ are shown at first."""


@dataclass(frozen=True)
class Column:
    """What stands in it, by run, and how it is written."""

    title: str
    values: pd.Series
    config: Any


def choose(table: Overview) -> dict[str, Column]:
    """Draws the choice of columns and returns those that are wanted, by their keys, that of the numbers first."""
    figures = _figures(table)
    titles = {name: column.title for name, column in figures.items()}
    titles |= {path: _with_capital(translate(setting_title(path))) for path in table.settings}
    first = _shown_at_first(table, figures)
    wanted = st.multiselect(
        _("Columns"),
        list(titles),
        default=first,
        key=f"compare_columns_{crc32(' '.join(first).encode())}",  # where others are shown at first, it begins anew
        format_func=lambda name: titles.get(name, name),
        persist_state="session",
    )
    columns = {name: figures.get(name) or _setting(titles[name], table.settings[name]) for name in wanted}
    return {NUMBER: _column(_("Run"), table.runs["number"], column_config.NumberColumn, pinned=True)} | columns


def _shown_at_first(table: Overview, figures: dict[str, Column]) -> list[str]:
    """State and best figures, the settings that differ, and the repeats, the test, tags and notes where there are
    any."""
    always = ["state", *(f"val_{name}" for name in dict.fromkeys([table.leading, "loss"]))]
    if_any = ["repeats", f"test_{table.leading}", "tags", "note"]
    return [
        *(name for name in always if name in figures),
        *table.differing[:_MOST_SETTINGS],
        *(name for name in if_any if name in figures and figures[name].values.map(bool, na_action="ignore").any()),
    ]


def _figures(table: Overview) -> dict[str, Column]:
    """What there is besides the settings, by keys."""
    runs = table.runs
    number, text = column_config.NumberColumn, column_config.TextColumn
    return {
        "state": _column(_("State"), runs["state"].map(lambda state: run_states.state_title(RunState(state))), text),
        **_on_validation_images(table),
        "repeats": _column(_("Repeats"), _told_spreads(table), text, help=_how_repeats_are_told()),
        **_on_test_images(runs),
        "tags": _column(_("Tags"), runs["tags"], column_config.ListColumn),
        "note": _column(_("Note"), runs["note"], text),
        "epochs": _column(_("Epochs done"), runs["epochs"], number, format="localized"),
        "kept_epoch": _column(_("Kept epoch"), runs["kept_epoch"], number, format="%d"),
        "seconds": _column(_("Seconds"), runs["seconds"], number, format="%.0f"),
        "parameters": _column(_("Parameters"), runs["parameters"], number, format="localized", step=1),
        "created_at": _column(_("Started"), runs["created_at"], column_config.DatetimeColumn, format="distance"),
        "is_archived": _column(_("Archived"), runs["is_archived"], column_config.CheckboxColumn),
    }


def _on_validation_images(table: Overview) -> dict[str, Column]:
    """The best figures and their epochs, the leading figure as bars in the colour of that part."""
    columns = {}
    for name, best in BEST.items():
        values = table.runs[f"val_{name}"]
        if name == table.leading:
            bars = {"min_value": 0.0, "max_value": 1.0 if name in SHARES else float(values.max())}
            config, looks = column_config.ProgressColumn, bars | {"color": PART_NAMED_COLOURS["validation"]}
        else:
            config, looks = column_config.NumberColumn, {}
        said = {"part": part_title("validation"), "figure": _(best)}
        title, of_epoch = _("{part}: {figure}").format(**said), _("{part}: epoch of {figure}").format(**said)
        columns[f"val_{name}"] = _column(title, values, config, format=_format(name), **looks)
        epochs = table.runs[f"val_{name}_epoch"]
        columns[f"val_{name}_epoch"] = _column(of_epoch, epochs, column_config.NumberColumn, format="%d")
    return {key: column for key, column in columns.items() if column.values.notna().any()}


def _on_test_images(runs: pd.DataFrame) -> dict[str, Column]:
    return {
        f"test_{name}": _column(
            _("{part}: {figure}").format(part=part_title("test"), figure=_(title)),
            runs[f"test_{name}"],
            column_config.NumberColumn,
            format=_format(name),
            help=_("Only where the test set was opened for the run."),
        )
        for name, title in _TESTED.items()
        if runs[f"test_{name}"].notna().any()
    }


def _setting(title: str, values: pd.Series) -> Column:
    """Numbers stay numbers, so that they can be sorted; a truth is none."""
    kinds = {type(each) for each in values.dropna()}
    if kinds == {bool}:
        values = values.map({True: _("yes"), False: _("no")})
    if kinds <= {int}:
        return _column(title, values.astype("float64"), column_config.NumberColumn, format="localized", step=1)
    if kinds <= {int, float}:
        return _column(title, values.astype("float64"), column_config.NumberColumn, format="%.6g")
    return _column(title, values.map(str, na_action="ignore"), column_config.TextColumn)


def _with_capital(text: str) -> str:
    """As the other titles begin; what follows the first letter stays."""
    return text[:1].upper() + text[1:]


def _column(title: str, values: pd.Series, config: Callable[..., Any], **arguments: Any) -> Column:
    return Column(title, values, config(title, **arguments))


def _format(figure: str) -> str:
    return "percent" if figure in SHARES else "%.4f"


def _told_spreads(table: Overview) -> pd.Series:
    """``93.2% ± 0.8 (5)`` where a run has repeats."""
    is_share = table.leading in SHARES
    found = spreads(table, table.leading)
    told = [
        f"{percent(row.mean)} ± {100 * row.spread:.1f} ({row.repeats})"
        if is_share
        else f"{quantity(row.mean)} ± {quantity(row.spread)} ({row.repeats})"
        for row in found.itertuples()
    ]
    return pd.Series(told, index=found.index, dtype="object").reindex(table.runs.index)


def _how_repeats_are_told() -> str:
    return _(
        "Mean ± standard deviation of the completed runs whose settings are the same but for the seed or the fold, and "
        "how many they are."
    )
