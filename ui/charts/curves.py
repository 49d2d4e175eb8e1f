"""The curves of a run: every figure and the learning rate over the epochs, the sentence they tell, and the table."""

from collections.abc import Sequence
from math import ceil
from typing import Final

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.doctor import Finding
from core.runs.curves import (
    ABSOLUTE_ERROR,
    ACCURACY,
    LOSS,
    best_epoch,
    curves,
    is_share,
    shown,
    validation_column,
)
from core.runs.rate_curve import rate_curve
from ui.charts import curve_chart, rate_chart, zoomable
from ui.charts.curve_chart import Evidence, title
from ui.numbers import percent, quantity
from ui.parts import part_badge, part_title
from ui.text import _, language, translate

_NO_CHANGES: Final = pd.DataFrame({"step": [], "learning_rate": []}, dtype="float64")
_IN_A_ROW: Final = 2


def show(
    history: pd.DataFrame,
    steps: pd.DataFrame,
    steps_per_epoch: int | None,
    epochs: int,
    *,
    key: str,
    metrics: Sequence[str] = (),
    has_accuracy: bool = True,
    draws_steps: bool = True,
    rate_changes: pd.DataFrame = _NO_CHANGES,
    kept_epoch: int | None = None,
    findings: Sequence[Finding] = (),
) -> None:
    """Draws every figure, the learning rate, the sentence that says what they show, and the table behind one click.

    ``history``, ``steps`` and ``rate_changes`` are what `core.runs.history` gives. ``key`` has to name the run, since
    the zoom stays with it. ``metrics`` are those that the recipe asks for, which have their places from the start, as
    the accuracy has, if there is one. The epochs that ``findings`` go by are shaded on the curve of their figure.
    Drawn again with more rows, the charts move on in place: neither their specification nor their description depends
    on the rows.
    """
    table = curves(history, steps if draws_steps else steps.head(0), steps_per_epoch, epochs)
    rates = rate_curve(history, steps, rate_changes, steps_per_epoch, epochs)
    figures = shown(history, steps, metrics, has_accuracy=has_accuracy)
    places, place_of_rate = _places(len(figures))
    for figure, place in zip(figures, places, strict=True):
        with place, st.container(gap="xxsmall", key=f"{key}_{figure}"):
            points = curve_chart.rows(table, figure, kept_epoch, _evidence(findings, figure))
            _show_figure(points, figure, epochs, key=f"{key}_{figure}_chart")
    if len(rates) or history.empty:  # a run of before rates were recorded has none
        with place_of_rate, st.container(gap="xxsmall", key=f"{key}_learning_rate"):
            _show_rate(rates, epochs, key=f"{key}_learning_rate_chart")
    st.markdown(sentence(history, epochs))
    with st.expander(_("The curves as a table"), key=f"{key}_table", icon=":material/table:"):
        known = history.dropna(axis="columns", how="all") if len(history) else history
        st.dataframe(known, hide_index=True, column_config=_columns(known), alt=_("The figures of each epoch"))


def show_legend(kept_epoch: int | None = None) -> None:
    """Says which curve is which, for all charts, and how to come closer."""
    thin, ring = legend()
    st.markdown(f"{part_badge('train')} :small[:gray[{thin}]]", width="content")
    st.markdown(f"{part_badge('validation')} :small[:gray[{ring}]]", width="content", help=zoomable.instructions())
    if kept_epoch is not None:
        kept = legend_of_kept().format(epoch=kept_epoch)
        st.markdown(f":small[:gray[{kept}]]", width="content")


def legend() -> tuple[str, str]:
    """What the thin lines are, and what the rings."""
    return _("thin: each update"), _("ring: best epoch")


def legend_of_kept() -> str:
    """What the dashed line is; with a place for the ``epoch``."""
    return _("dashed: kept, epoch {epoch:,}")


def badge(position: int) -> str:
    """The sign of the finding at ``position``, from 0, in the list and on the curves: ①, ②, …"""
    return chr(ord("①") + position)


def _evidence(findings: Sequence[Finding], figure: str) -> list[Evidence]:
    return [
        Evidence(badge(position), translate(finding.title), finding.first_epoch, finding.last_epoch)
        for position, finding in enumerate(findings)
        if finding.figure == figure
    ]


def _places(figures: int) -> tuple[list[DeltaGenerator], DeltaGenerator]:
    """Two figures in a row; the learning rate goes into the place that is free beside the last one, else below."""
    rows = ceil(figures / _IN_A_ROW)
    columns = [column for row in range(rows) for column in st.columns(min(_IN_A_ROW, figures), gap="medium")]
    return columns[:figures], columns[figures] if len(columns) > figures else st.container()


def _show_figure(points: pd.DataFrame, figure: str, epochs: int, *, key: str) -> None:
    st.markdown(f"**{title(figure)}**")
    specified = curve_chart.specification(figure, epochs, language())
    zoomable.show(specified, points, key=key, description=_description(figure))


def _show_rate(curve: pd.DataFrame, epochs: int, *, key: str) -> None:
    changed = _("diamond: changed by hand")
    mark = f" :small[:gray[{changed}]]" if curve["is_change"].any() else ""
    rate_title = _("Learning rate")
    st.markdown(f"**{rate_title}**{mark}")
    specified = rate_chart.specification(epochs, language())
    zoomable.show(
        specified, rate_chart.rows(curve), key=key, description=_("Curve of the learning rate over the epochs")
    )


def sentence(history: pd.DataFrame, epochs: int) -> str:
    """What the curves show now."""
    if history.empty:
        return _("The first point of the validation curve comes with the end of the first epoch.")
    done, last = len(history), history.iloc[-1]
    best = best_epoch(history, ACCURACY)
    if best is not None:
        highest = history.set_index("epoch").loc[best, "val_accuracy"]
        return _(
            "After {done} of {epochs} epochs the validation accuracy is {accuracy}, "
            "best {best_accuracy} in epoch {best}."
        ).format(
            done=done,
            epochs=epochs,
            accuracy=percent(last["val_accuracy"]),
            best_accuracy=percent(highest),
            best=best,
        )
    best = best_epoch(history, ABSOLUTE_ERROR)
    if best is not None:
        return _(
            "After {done} of {epochs} epochs the answers to validation images are off by {error} on average, least "
            "{best_error} in epoch {best}."
        ).format(
            done=done,
            epochs=epochs,
            error=quantity(last[validation_column(ABSOLUTE_ERROR)]),
            best_error=quantity(history[validation_column(ABSOLUTE_ERROR)].min()),
            best=best,
        )
    best = best_epoch(history, LOSS)
    if best is None:
        return _("After {done} of {epochs} epochs there is no figure on the validation images yet.").format(
            done=done, epochs=epochs
        )
    lowest = history.set_index("epoch").loc[best, "val_loss"]
    return _(
        "After {done} of {epochs} epochs the validation loss is {loss:.4f}, lowest {best_loss:.4f} in epoch {best}."
    ).format(done=done, epochs=epochs, loss=last["val_loss"], best_loss=lowest, best=best)


def _description(figure: str) -> str:
    if figure == LOSS:
        return _("Curve of the loss on training and validation images over the epochs")
    if figure == ACCURACY:
        return _("Curve of the accuracy on training and validation images over the epochs")
    return _("{figure}: curve on training and validation images over the epochs").format(figure=title(figure))


def _columns(history: pd.DataFrame) -> dict:
    """The titles and formats of the columns that ``history`` has."""
    number = st.column_config.NumberColumn
    columns = {
        "epoch": number(_("Epoch")),
        "learning_rate": number(_("Learning rate"), format="%.3g"),
        "images_per_second": number(_("Images per second"), format="localized", step=1),
        "memory_bytes": number(_("Memory"), format="bytes"),
        "seconds": number(_("Seconds"), format="%.1f"),
    }
    for figure in (name for name in history if validation_column(name) in history):
        for part, column in (("train", figure), ("validation", validation_column(figure))):
            columns[column] = number(
                _("{part}: {figure}").format(part=part_title(part), figure=title(figure).lower()),
                format="percent" if is_share(figure) else "%.4f",
            )
    return columns
