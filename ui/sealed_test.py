"""The test set is sealed: it is opened on purpose, and every opening is counted."""

import streamlit as st

from core.evaluation import Evaluation, evaluate
from core.message import Message, say, say_count
from core.runs import store as runs
from core.runs.run import Run
from ui import session
from ui.parts import part_badge
from ui.text import _, translate


def show(run: Run, evaluation: Evaluation | None) -> None:
    """Draws the seal of the test set of ``run``, and how often it was opened; ``evaluation`` is what was seen last."""
    openings = runs.openings(session.database(), run.dataset_id, run.recipe.split)
    with st.container(border=True, key="sealed_test"):
        st.markdown(f":material/lock: {part_badge('test')} {translate(_times(openings))}")
        if evaluation is None:
            st.markdown(
                _(
                    "The test set tells how good the model is only as long as no choice was made by it. Choose on the "
                    "validation images, and open the test set once, at the end."
                )
            )
        label = _("Open the test set") if evaluation is None else _("Open the test set again")
        if st.button(label, key="sealed_test_open", icon=":material/lock_open:"):
            _ask(run)


def _ask(run: Run) -> None:
    @st.dialog(_("Open the test set?"))
    def ask() -> None:
        st.markdown(
            _("This is counted and cannot be undone. If you change the model afterwards, the figure will flatter it.")
        )
        if st.button(_("Open it"), key="sealed_test_confirm", type="primary"):
            evaluate(session.database(), session.workspace(), run.id, "test")
            st.rerun()

    ask()


def _times(openings: int) -> Message:
    if openings == 0:
        return say("It has never been opened.")
    return say_count("It has been opened {count} time.", "It has been opened {count} times.", count=openings)
