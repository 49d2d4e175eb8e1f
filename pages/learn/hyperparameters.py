"""Hyperparameters: three questions, each answered by a search on a sample set."""

import streamlit as st

from core.lessons import beginning
from core.lessons.lessons import LESSONS
from ui import screen, session
from ui.lessons import lesson_card, starting
from ui.text import _

starting.follow()
screen.header(
    _("Hyperparameters"),
    _("Settings that decide how a net learns, and that it does not learn itself. Guess first; a real search answers."),
)
begun = beginning.begun(session.database())
for lesson in LESSONS.values():
    lesson_card.show(lesson, [each for each in begun if each.lesson == lesson.name])
st.caption(
    _(
        "Each lesson takes less than two minutes on two cores. It is an ordinary project with an ordinary search: "
        "everything in it can be opened and changed."
    )
)
