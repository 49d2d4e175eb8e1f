"""An evaluation where numbers are predicted: how far off the answers are, to which side, and which are the furthest."""

import pandas as pd
import streamlit as st

from core.dataset.store import Dataset, pixels
from core.evaluation import NumberEvaluation
from core.evaluation.figures.resampling import Estimate
from core.runs.run import Run
from ui import image_wall
from ui.charts import error_histogram, predicted_numbers
from ui.judging import baselines, cautions
from ui.judging.ranges import how_ranges_are_drawn
from ui.numbers import quantity
from ui.parts import part_badge
from ui.text import _

_WORST = 12
_SIDE = 96


def show(evaluation: NumberEvaluation, run: Run, dataset: Dataset) -> None:
    """Draws ``evaluation``; ``dataset`` is the one that the model was judged on."""
    with st.container(border=True, key="evaluation_errors", gap="xsmall"):
        _show_figures(evaluation)
        cautions.show(evaluation, run, dataset)
    charts = st.grid(2, min_column_width=370, gap="medium")
    with charts.cell():
        _show_points(evaluation)
    with charts.cell():
        _show_errors(evaluation)
    st.subheader(_("The answers that are furthest off"), anchor=False)
    _show_worst(evaluation, dataset)
    baselines.show(evaluation, run, dataset)


def sentence(evaluation: NumberEvaluation) -> str:
    """The mean absolute error in words, with what it can mean."""
    error = quantity(evaluation.mean_absolute_error)
    if evaluation.interval is None:
        return _("The answers are off by **{error}** on average.").format(error=error)
    low, high = map(quantity, evaluation.interval)
    return _("The answers are off by **{error}** on average, and **{low} to {high}** is what that can mean.").format(
        error=error, low=low, high=high
    )


def _show_figures(evaluation: NumberEvaluation) -> None:
    figures = {
        _("Mean absolute error"): (
            evaluation.mean_absolute_error_estimate,
            _("How far the answers are off, on average, in the units of the numbers."),
        ),
        _("Root mean squared error"): (
            evaluation.root_mean_squared_error_estimate,
            _("The root of the mean squared distance: large mistakes count more."),
        ),
        _("R²"): (
            evaluation.r_squared_estimate,
            _("1 where every answer is right, 0 for always answering the mean, below for worse."),
        ),
    }
    st.markdown(part_badge(evaluation.part))
    panels = st.grid(len(figures), min_column_width=150, gap="small")
    for title, (figure, meaning) in figures.items():
        with panels.cell():
            st.metric(title, "–" if figure is None else quantity(figure.value), help=meaning)
            st.caption(reach(figure))
    st.markdown(sentence(evaluation), help=how_ranges_are_drawn())


def reach(figure: Estimate | None) -> str:
    """``1.9 to 2.8 is what that can mean.`` None is a share of no variance."""
    if figure is None:
        return _("All true numbers are the same.")
    if figure.interval is None:
        return _("Too few different answers to tell a range.")
    low, high = map(quantity, figure.interval)
    return _("{low} to {high} is what that can mean.").format(low=low, high=high)


def _show_points(evaluation: NumberEvaluation) -> None:
    st.subheader(_("Predicted against true"), anchor=False)
    points = predicted_numbers.table(evaluation)
    st.altair_chart(
        predicted_numbers.chart(points, evaluation.part), alt=_("The predicted number of each image by its true number")
    )
    st.caption(_("On the dashed line, the answer is the true number."))
    titles = {"path": _("Image"), "value": _("True number"), "predicted": _("Predicted number")}
    _show_table(
        evaluation.predictions, titles, "numbers_points_table", _("The true and the predicted number of each image")
    )


def _show_errors(evaluation: NumberEvaluation) -> None:
    st.subheader(_("How far off, and to which side"), anchor=False)
    rows = error_histogram.table(evaluation)
    st.altair_chart(
        error_histogram.chart(rows, evaluation.part),
        alt=_("How often the answers are off by so much, and to which side"),
    )
    st.markdown(error_histogram.sentence(evaluation), help=how_ranges_are_drawn())
    titles = {"low": _("From"), "high": _("To"), "images": _("Images")}
    _show_table(rows, titles, "numbers_errors_table", _("How often the answers are off by so much"))


def _show_table(rows: pd.DataFrame, titles: dict[str, str], key: str, alt: str) -> None:
    with st.expander(_("As a table"), key=key, type="compact"):
        st.dataframe(rows[list(titles)].rename(columns=titles), hide_index=True, alt=alt)


def _show_worst(evaluation: NumberEvaluation, dataset: Dataset) -> None:
    furthest = evaluation.furthest(_WORST)
    images = pixels(dataset, dataset.image_size)
    image_wall.show(
        [images[each.row] for each in furthest.itertuples()],
        side=_SIDE,
        alts=[
            _("{true}, predicted as {predicted}").format(true=quantity(each.value), predicted=quantity(each.predicted))
            for each in furthest.itertuples()
        ],
        captions=[f"{quantity(each.value)} → **{quantity(each.predicted)}**" for each in furthest.itertuples()],
    )
