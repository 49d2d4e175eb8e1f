"""A question to a process with TensorFlow, from asking to the answer; the screen does not wait for it."""

from collections.abc import Callable

import streamlit as st

from core.message import Message
from core.runs import inspections
from core.runs.inspections import Inspection, InspectionError
from ui import session
from ui.markdown import plain
from ui.text import _, translate


def show(inspection_id: str, draw: Callable[[Inspection], None], ask: Callable[[], None]) -> None:
    """Draws the answer by ``draw`` as soon as it is there; until then, that it is being worked on.

    Where there is no answer, it says why, and a button calls ``ask`` to ask once more.
    """
    try:
        is_waited_for = inspections.state_of(session.database(), inspection_id).is_active
    except InspectionError as error:
        _show_refusal(inspection_id, error.message, ask)
        return
    st.fragment(_draw, run_every="0.5s" if is_waited_for else None)(inspection_id, draw, ask, is_waited_for)


def _draw(
    inspection_id: str, draw: Callable[[Inspection], None], ask: Callable[[], None], was_waited_for: bool
) -> None:
    state = inspections.state_of(session.database(), inspection_id)
    if state.is_active:
        session.keep_engine()
        text = _("At work…") if state.is_working else _("Waits for a process with TensorFlow to get ready…")
        st.caption(f":material/hourglass_top: {text}")
        return
    if was_waited_for:
        st.rerun()  # once more without the clock
    inspection = inspections.get(session.database(), inspection_id)
    if inspection.message is not None:
        _show_refusal(inspection_id, inspection.message, ask)
        return
    draw(inspection)


def _show_refusal(inspection_id: str, message: Message, ask: Callable[[], None]) -> None:
    st.warning(plain(translate(message)), icon=":material/warning:")
    st.button(
        _("Ask again"),
        key=f"inspection_wait_again_{inspection_id}",
        type="tertiary",
        icon=":material/refresh:",
        on_click=ask,
    )
