"""Runs that were started together: what each reached, their mean, and how far they spread."""

from functools import partial

import pandas as pd
import streamlit as st

from core.message import Message, say, say_count
from core.runs import leak_demo
from core.runs import series as fold_series
from core.runs.run import Run
from core.runs.series import SeriesSummary
from core.runs.series_kinds import is_demonstration, is_of_folds
from ui import leak_demo as leak_demo_panel
from ui import run_states, run_table, session
from ui.charts import fold_figures
from ui.numbers import percent, quantity
from ui.text import _, translate


def show(run: Run) -> None:
    """Draws the series that ``run`` belongs to, if it is of one. `ui.run_table` has it drawn anew as runs end."""
    if run.series is None:
        return
    if is_demonstration(run.series):
        _show_demonstration(run)
        return
    if not is_of_folds(run.series):
        return
    of_series = fold_series.runs_of(session.database(), run.series)
    if not of_series or not run.recipe.split.folds:
        return
    figures = fold_series.fold_figures(session.database(), run.series)
    summary = fold_series.series_summary(session.database(), run.series)
    with st.container(border=True, key="series_summary"):
        st.subheader(_("All folds together"), anchor=False)
        st.markdown(translate(sentence(summary)))
        if len(figures):
            rows = fold_figures.table(figures)
            st.altair_chart(fold_figures.draw(rows), alt=translate(sentence(summary)))
        _show_folds(of_series, run)
        if len(figures):
            with st.expander(_("As a table"), key="series_summary_table", type="compact"):
                st.dataframe(table(figures, summary), hide_index=True, alt=_("What each fold reached"))


def sentence(summary: SeriesSummary) -> Message:
    """The mean and the spread in words, and how many folds are done."""
    done = say_count(
        "{finished} of {count} fold is done.",
        "{finished} of {count} folds are done.",
        count=summary.folds,
        finished=summary.finished,
    )
    row = _leading(summary)
    if row is None or not summary.finished:
        return done
    name, mean, spread = row
    written = percent if name == "accuracy" else quantity
    figure = say(_TITLES[name])
    if pd.isna(spread):
        return say("{figure}: {mean}. {done}", figure=figure, mean=written(mean), done=done)
    return say(
        "{figure}: {mean} ± {spread} (mean and standard deviation over the folds). {done}",
        figure=figure,
        mean=written(mean),
        spread=_spread(name, spread),
        done=done,
    )


def table(figures: pd.DataFrame, summary: SeriesSummary) -> pd.DataFrame:
    """One row per fold that is done, then mean and spread; ``figures`` as of `core.runs.series.fold_figures`."""
    names = summary.figures["figure"].tolist()
    rows = figures[["fold", *(f"val_{name}" for name in names)]].sort_values("fold")
    shown = rows.assign(fold=[_("Fold {number}").format(number=int(fold) + 1) for fold in rows["fold"]])
    ends = pd.DataFrame(
        [
            [_("Mean"), *summary.figures["mean"]],
            [_("Standard deviation"), *summary.figures["spread"]],
        ],
        columns=shown.columns,
    )
    shown = pd.concat([shown, ends], ignore_index=True)
    for name in names:
        shown[f"val_{name}"] = shown[f"val_{name}"].map(partial(_written, name))
    titles = {f"val_{name}": _(_TITLES[name]) if name in _TITLES else name for name in names}
    return shown.rename(columns=titles | {"fold": _("Fold")})


def _show_folds(of_series: list[Run], chosen: Run) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        for run in of_series:
            st.button(
                _("Fold {number} · {state}").format(number=run.recipe.split.fold + 1, state=run_states.title(run)),
                key=f"series_summary_{run.id}",
                type="secondary" if run.id == chosen.id else "tertiary",
                on_click=run_table.choose,
                args=(run.id,),
            )


def _show_demonstration(run: Run) -> None:
    found = leak_demo.read(session.database(), str(run.series))
    if found is None:
        return
    with st.container(border=True, key="series_summary"):
        st.subheader(_("What a random split hides"), anchor=False)
        leak_demo_panel.show_result(found)


def _leading(summary: SeriesSummary) -> tuple[str, float, float] | None:
    """The figure that people ask for: the accuracy, else the mean absolute error, else the loss."""
    known = summary.figures.set_index("figure")
    name = next((name for name in _TITLES if name in known.index), None)
    return None if name is None else (name, float(known.loc[name, "mean"]), float(known.loc[name, "spread"]))


_TITLES = fold_figures.TITLES


def _spread(name: str, spread: float) -> Message | str:
    if name == "accuracy":
        return say("{points:.1f} percentage points", points=100 * spread)
    return quantity(spread)


def _written(name: str, value: float) -> str:
    if pd.isna(value):
        return "–"
    return percent(value) if name == "accuracy" else quantity(value)
