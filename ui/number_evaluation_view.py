"""An evaluation where numbers are predicted: how far off the answers are, and which are the furthest."""

import streamlit as st

from core.dataset.store import Dataset, pixels
from core.evaluation import NumberEvaluation
from ui import image_wall
from ui.charts import predicted_numbers
from ui.numbers import quantity
from ui.parts import part_badge
from ui.text import _

_WORST = 12
_SIDE = 96


def show(evaluation: NumberEvaluation, dataset: Dataset) -> None:
    """Draws ``evaluation``; ``dataset`` is the one that the model was judged on."""
    _show_figures(evaluation)
    points = predicted_numbers.table(evaluation)
    st.subheader(_("Predicted against true"), anchor=False)
    text = sentence(evaluation)
    st.altair_chart(predicted_numbers.chart(points, evaluation.part), alt=text.replace("*", ""))
    st.caption(_("On the dashed line, the answer is the true number."))
    with st.expander(_("As a table"), key="number_evaluation_table", type="compact"):
        titles = {"path": _("Image"), "value": _("True number"), "predicted": _("Predicted number")}
        st.dataframe(
            evaluation.predictions[list(titles)].rename(columns=titles),
            hide_index=True,
            alt=_("The true and the predicted number of each image"),
        )
    st.subheader(_("The answers that are furthest off"), anchor=False)
    _show_worst(evaluation, dataset)


def sentence(evaluation: NumberEvaluation) -> str:
    """The mean absolute error in words, with what it can mean."""
    error = quantity(evaluation.mean_absolute_error)
    if evaluation.interval is None:
        return _("The one answer is off by **{error}**.").format(error=error)
    low, high = map(quantity, evaluation.interval)
    return _("The answers are off by **{error}** on average; **{low} to {high}** is what that can mean.").format(
        error=error, low=low, high=high
    )


def _show_figures(evaluation: NumberEvaluation) -> None:
    r_squared = evaluation.r_squared
    figures = {
        _("Mean absolute error"): (
            quantity(evaluation.mean_absolute_error),
            _("How far the answers are off, on average, in the units of the numbers."),
        ),
        _("Root mean squared error"): (
            quantity(evaluation.root_mean_squared_error),
            _("The root of the mean squared distance: large mistakes count more."),
        ),
        _("R²"): (
            "–" if r_squared is None else f"{r_squared:.3f}",
            _("1 where every answer is right, 0 for always answering the mean, below for worse."),
        ),
    }
    with st.container(border=True, key="evaluation_errors", gap="xsmall"):
        st.markdown(part_badge(evaluation.part))
        with st.grid(len(figures), min_column_width=150, gap="small"):
            for title, (value, meaning) in figures.items():
                st.metric(title, value, help=meaning)
        st.markdown(
            sentence(evaluation),
            help=_(
                "Other images of the same kind would give another figure. In about 95 of 100 such draws, a range made "
                "this way, by drawing anew from these images, holds the error on all images of that kind."
            ),
        )


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
