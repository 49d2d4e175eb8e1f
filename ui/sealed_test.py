"""The test set is sealed: it is opened on purpose, and every opening is counted."""

import streamlit as st

from core.evaluation import Judged, evaluate
from core.message import Message, say, say_count
from core.runs import store as runs
from core.runs.run import Run
from core.split import read_assignment
from ui import session
from ui.parts import part_badge
from ui.text import _, translate

_OPENING = "sealed_test_opening"


def show(run: Run, evaluation: Judged | None) -> None:
    """Draws the seal of the test set of ``run``, and how often it was opened; ``evaluation`` is what was seen last."""
    openings = runs.openings(session.database(), run.dataset_id, run.recipe.split)
    with st.container(border=True, key="sealed_test"):
        with st.container(horizontal=True, vertical_alignment="center"):
            icon = "lock" if evaluation is None else "lock_open"
            st.markdown(
                f":material/{icon}: {part_badge('test')} **{_size(run)}** · {translate(times(openings))}",
                width="stretch",
            )
            label = _("Open the test set") if evaluation is None else _("Open the test set again")
            if st.button(label, key="sealed_test_open", icon=":material/lock_open:"):
                _ask(run, openings)
        st.caption(_worth(openings, is_seen=evaluation is not None))


def opened(run: Run) -> Judged | None:
    """The evaluation on the test set, if the dialog has just been answered with yes. The seal is opened nowhere
    else."""
    if st.session_state.pop(_OPENING, None) != run.id:
        return None
    with st.spinner(_("Asking the model…")):
        return evaluate(session.database(), session.workspace(), run.id, "test")


def times(openings: int) -> Message:
    """How often it was opened."""
    if openings == 0:
        return say("never opened")
    return say_count("opened {count} time", "opened {count} times", count=openings)


def _ask(run: Run, openings: int) -> None:
    @st.dialog(_("Open the test set?"), icon=":material/lock_open:")
    def ask() -> None:
        st.markdown(
            _(
                "The test images stand for all images that the model will ever meet. They can do so once: after every "
                "choice of layers, settings and runs has been made on the validation images."
            )
        )
        st.markdown(
            _(
                "Opening is counted and cannot be undone. Whoever looks, changes the model and looks again has begun "
                "to choose by the test images, and their figure flatters."
            )
        )
        st.markdown(f"{part_badge('test')} {_size(run)} · {translate(times(openings))}")
        with st.container(horizontal=True, horizontal_alignment="right"):
            keeps = st.button(_("Keep it sealed"), key="sealed_test_keep")
            opens = st.button(
                _("Open it"), key="sealed_test_confirm", type="primary", on_click=_note_opening, args=(run.id,)
            )
        if keeps or opens:
            st.rerun()

    ask()


def _note_opening(run_id: str) -> None:
    st.session_state[_OPENING] = run_id


def _size(run: Run) -> str:
    folder = runs.run_folder(session.workspace(), run.id)
    count = len(read_assignment(folder / "split.csv").rows("test"))
    return translate(say_count("{count:,} image", "{count:,} images", count=count))


def _worth(openings: int, *, is_seen: bool) -> str:
    if openings > 1:
        return _("It was looked at more than once: whatever was chosen in between makes the figure flatter the model.")
    if is_seen:
        return _("The figure below is worth most as long as nothing is changed because of it.")
    return _("Choose by the validation images, and open the test set once, at the end: then its figure can be trusted.")
