"""What is made small: the loss, how much each class counts in it, and what else is measured."""

from typing import Final

import streamlit as st

from core.dataset.store import Dataset
from core.objective import LOSSES, METRICS, MetricName, Training, label_encoding
from core.objective.label_problems import SMOOTHED
from ui import class_weights_form, rarely_used, shown_value, training_edits, value_form
from ui.text import _

_OF_NUMBERS: Final = "mean_squared_error"


def show(training: Training, dataset: Dataset) -> None:
    """Draws the choice of the loss, each with when to take it, and the chosen one's formula for one image; for numbers
    also whether they are standardized."""
    offered = [name for name in LOSSES if name in (_OF_NUMBERS, training.loss) or not dataset.predicts_numbers]
    key = training_edits.key("loss")
    shown_value.show(key, training.loss)
    st.radio(
        _("Loss"),
        offered,
        key=key,
        format_func=lambda name: _(LOSSES[name].title),
        captions=[_(LOSSES[name].summary) for name in offered],
        label_visibility="collapsed",
        on_change=lambda: training_edits.change(loss=st.session_state[key]),
    )
    with st.container(border=True, gap=None):
        st.caption(_("For one image"))
        st.latex(LOSSES[training.loss].formula)
    if dataset.predicts_numbers or training.standardize:
        value_form.show(training, training_edits.key("loss"), training_edits.saving(), only=["standardize"])


def show_more(training: Training, units: int, dataset: Dataset) -> None:
    """Draws what is rarely changed about it, for an output of ``units`` numbers; open where something is."""
    is_used = bool(training.metrics or training.label_smoothing or training.class_weights)
    title = _("Metrics") if dataset.predicts_numbers else _("Class weights, smoothing, metrics")
    with rarely_used.show(title, "loss_form_more", is_used=is_used):
        if not dataset.predicts_numbers:
            class_weights_form.show(training.class_weights, dataset)
        if training.loss in SMOOTHED or training.label_smoothing:
            value_form.show(training, training_edits.key("loss"), training_edits.saving(), only=["label_smoothing"])
        _choose_metrics(training, units, has_accuracy=not dataset.predicts_numbers)


def _choose_metrics(training: Training, units: int, *, has_accuracy: bool) -> None:
    """Those that can be measured here, and those that are chosen all the same."""
    labels = label_encoding(training.loss, units)
    offered = [name for name in METRICS if METRICS[name].applies(labels, units) or name in training.metrics]
    key = training_edits.key("metrics")
    shown_value.show(key, [name for name in offered if name in training.metrics])
    st.pills(
        _("Measured besides loss and accuracy") if has_accuracy else _("Measured besides the loss"),
        offered,
        selection_mode="multi",
        key=key,
        format_func=lambda name: _(METRICS[name].title),
        help=_summaries(offered),
        on_change=lambda: training_edits.change(metrics=_in_order(st.session_state[key])),
        wrap=True,
    )


def _in_order(names: list[MetricName]) -> tuple[MetricName, ...]:
    return tuple(name for name in METRICS if name in names)


def _summaries(names: list[MetricName]) -> str:
    return "\n".join(f"- **{_(METRICS[name].title)}**: {_(METRICS[name].summary)}" for name in names)
