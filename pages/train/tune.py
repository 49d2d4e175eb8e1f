"""Tune: have settings searched, watch what the trials come to, and take the best of them."""

import streamlit as st

from core.tuning import searches
from ui import screen, session
from ui.text import _
from ui.tuning import new_search, search_choice

screen.header(
    _("Tune"), _("Have good settings searched for you: many short trainings, each with other settings, side by side.")
)

project = session.project()
dataset = session.needed_dataset()
of_project = searches.of_project(session.database(), project.id)

new_search.show(project, dataset, of_project)
if not of_project:
    text = _(
        "Press Start search: each trial is an ordinary run with settings of its own, and what they come to grows here. "
        "The test images stay sealed."
    )
    screen.nothing_yet(_("No search yet"), text, key="tune_empty", icon=":material/travel_explore:")
    st.stop()

from ui.tuning import live_search  # noqa: E402  brings Optuna, which takes a second: only where there is a search

live_search.show(search_choice.show(of_project))
screen.next_step(_("Go on to the comparison"), "pages/train/compare.py", key="tune_next")
