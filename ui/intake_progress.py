"""The bar that moves while images are taken in, and what is said when that went wrong."""

import streamlit as st

from core.runs import intakes
from core.runs.intakes import Intake
from ui import session
from ui.markdown import plain
from ui.text import _, translate


def show(intake: Intake) -> None:
    """Draws how far ``intake``, which is at work, has come. When it is over, the whole screen runs anew."""
    st.subheader(_("Taking in {name}").format(name=plain(intake.name)), anchor=False)
    st.fragment(_draw, run_every="500ms")(intake.project_id)
    st.caption(
        _(
            "Every image is read once and checked. You can leave this screen, or close it: the work goes on in the "
            "background."
        )
    )


def show_trouble(intake: Intake) -> None:
    """Says why ``intake`` came to nothing."""
    if intake.message is not None:
        st.error(plain(translate(intake.message)), icon=":material/error:")


def _draw(project_id: str) -> None:
    intake = intakes.latest(session.database(), project_id)
    if intake is None or intake.state.is_finished:
        st.rerun()
    if not intake.total:
        st.progress(0.0, text=_("Opening …"))
        return
    text = _("{done:,} of {total:,} files").format(done=intake.done, total=intake.total)
    st.progress(intake.progress, text=text)
