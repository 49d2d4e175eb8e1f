"""The short way to a first model: the draft as it stands goes into the queue."""

import streamlit as st

from core.runs import store as runs
from core.runs.projects import Project
from ui import session
from ui.text import _

RUNS_PAGE = "pages/train/runs.py"


def button(project: Project, *, disabled: bool) -> None:
    """Draws the button; pressed, it starts a run and goes where its curves move."""
    if st.button(
        _("Train the first CNN now"),
        key="train_now",
        icon=":material/bolt:",
        disabled=disabled,
        help=_("Everything else has a sensible start: a small network with two convolutions, trained for five epochs."),
    ):
        runs.enqueue(session.database(), session.workspace(), project.id, str(project.dataset_id), session.draft())
        st.switch_page(RUNS_PAGE)
