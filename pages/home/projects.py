"""Projects: where one begins, and where one comes back to."""

import streamlit as st

from core.runs import projects
from ui import landing, new_project, project_cards, screen, session, start_cards
from ui.text import _

if session.is_address_unknown():
    st.warning(
        _(
            "The project in the address is not here: it may have been deleted, or be on another computer. Choose "
            "one below."
        ),
        icon=":material/link_off:",
    )

known = projects.all_projects(session.database())
if known:
    screen.header(_("Projects"), _("Each project keeps its images, its settings and its runs."))
    project_cards.show(known, session.database().now())
    st.subheader(_("Start a new project"), anchor=False)
    chosen = start_cards.show("projects", with_own=True)
else:
    chosen = landing.show()

if chosen == start_cards.OWN:
    new_project.begin_empty()
if chosen is not None:
    new_project.begin_with_sample(chosen)
