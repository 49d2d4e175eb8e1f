"""The validation curves of the chosen runs over each other; the repeats of a run as a band."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from core.runs.curves import is_share
from core.runs.overview import Overview, validation_curves
from core.runs.repeats import band, members, repeats_of
from ui import session
from ui.charts import overlay
from ui.charts.curve_chart import title
from ui.numbers import percent, quantity
from ui.parts import part_badge
from ui.text import _

MOST = len(overlay.COLOURS)


@dataclass(frozen=True)
class _Curve:
    """One line of the chart, and the runs that it is the mean of."""

    name: str
    run_ids: Sequence[str]


def show(table: Overview, chosen: Sequence[str]) -> None:
    """Draws the curves of the first `MOST` of the ``chosen`` runs, which are one or more."""
    groups = repeats_of(table)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(_("Curves"), anchor=False, width="content")
        st.markdown(part_badge("validation"), width="content")
        st.space("stretch")
        has_repeats = any(len(members(groups, run_id)) > 1 for run_id in chosen[:MOST])
        wants_bands = has_repeats and st.toggle(
            _("Repeats as a band"),
            value=True,
            key="overlay_bands",
            persist_state="session",
            help=_("The line is the mean of the runs that differ in the seed or the fold alone; the band holds all."),
        )
    if len(chosen) > MOST:
        st.caption(_("Drawn are the first {most} of the {count:,} chosen runs.").format(most=MOST, count=len(chosen)))
    curves = _curves(table, chosen[:MOST], groups if wants_bands else groups.head(0))
    figures = list(dict.fromkeys(["loss", table.leading]))
    places = st.grid(len(figures), min_column_width=380, gap="medium")
    for figure in figures:
        with places.cell(), st.container(gap="xsmall", key=f"overlay_{figure}"):
            _show_figure(figure, curves)


def _curves(table: Overview, chosen: Sequence[str], groups: pd.Series) -> list[_Curve]:
    """One for each chosen run, or for all its repeats together."""
    curves: dict[Sequence[str], _Curve] = {}
    for run_id in chosen:
        run_ids = tuple(members(groups, run_id))
        number = int(table.runs.loc[run_id, "number"])
        name = (
            _("Run {number}").format(number=number)
            if len(run_ids) == 1
            else _("Run {number} and its repeats, {count} runs").format(number=number, count=len(run_ids))
        )
        curves.setdefault(run_ids, _Curve(name, run_ids))
    return list(curves.values())


def _show_figure(figure: str, curves: Sequence[_Curve]) -> None:
    st.markdown(f"**{title(figure)}**")
    rows = _rows(figure, curves)
    if rows.empty:
        st.markdown(_("None of these runs has measured it yet."))
        return
    st.altair_chart(
        overlay.chart(rows, figure, [curve.name for curve in curves]),
        width="stretch",
        alt=_("{figure}: curves of the chosen runs on validation images over the epochs").format(figure=title(figure)),
    )
    st.markdown(sentence(rows, figure))
    with st.expander(_("As a table"), key=f"overlay_table_{figure}", type="compact"):
        by_epoch = rows.pivot(index="epoch", columns="name", values="value")
        written = st.column_config.NumberColumn(format="percent" if is_share(figure) else "%.4f")
        st.dataframe(
            by_epoch.rename_axis(index=_("Epoch"), columns=None),
            column_config=dict.fromkeys(by_epoch.columns, written),
            alt=_("The figure of each curve after each epoch"),
        )


def _rows(figure: str, curves: Sequence[_Curve]) -> pd.DataFrame:
    """What `ui.charts.overlay.chart` draws."""
    measured = validation_curves(session.database(), [each for curve in curves for each in curve.run_ids], figure)
    bands = [band(measured[measured["run_id"].isin(curve.run_ids)]).assign(name=curve.name) for curve in curves]
    return pd.concat(bands, ignore_index=True).rename(columns={"mean": "value"})


def sentence(rows: pd.DataFrame, figure: str) -> str:
    """Which of the curves came furthest, and where; ``rows`` as of `ui.charts.overlay.chart`."""
    best = rows.loc[rows["value"].idxmax() if is_share(figure) else rows["value"].idxmin()]
    text = (
        _("Highest: {name}, with {value} in epoch {epoch}.")
        if is_share(figure)
        else _("Lowest: {name}, with {value} in epoch {epoch}.")
    )
    written = percent if is_share(figure) else quantity
    return text.format(name=best["name"], value=written(best["value"]), epoch=int(best["epoch"]))
