"""The learning rate, and how it changes in the course of the training: drawn before anything is trained."""

import streamlit as st

from core.objective import SCHEDULES, Training
from core.objective.schedule_curve import schedule_curve
from ui import shown_value, training_edits, value_form
from ui.charts import schedule
from ui.text import _


def show(training: Training) -> None:
    """Draws the learning rate, the choice of the schedule and its settings. Another one begins with its defaults."""
    kind = training.schedule.kind
    saving = training_edits.saving("optimizer")
    value_form.show(training.optimizer, training_edits.key(training.optimizer.kind), saving, only=["learning_rate"])
    key = training_edits.key("schedule")
    shown_value.show(key, kind)
    st.selectbox(
        _("Schedule"),
        list(SCHEDULES),
        key=key,
        on_change=lambda: training_edits.change(schedule=SCHEDULES[st.session_state[key]]()),
    )
    st.caption(_(training.schedule.summary))
    fields = sorted(SCHEDULES[kind].model_fields, key=lambda name: name == "warmup_epochs")  # its own come first
    with st.grid(2, min_column_width=120, gap="small"):
        value_form.show(training.schedule, training_edits.key(kind), training_edits.saving("schedule"), only=fields)


def show_curve(training: Training, images: int) -> None:
    """Draws the learning rate over the epochs for ``images`` training images."""
    curve = schedule_curve(training, images)
    if curve.empty:
        st.caption(_("The split leaves no training image, so there is no update to draw."))
        return
    schedule.show(curve, key="learning_rate_form_curve")
    if training.reduce_on_plateau is not None:
        st.caption(
            _("Not drawn: times {factor:g} whenever the validation figure has stopped getting better.").format(
                factor=training.reduce_on_plateau.factor
            )
        )
