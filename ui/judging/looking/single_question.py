"""Questions that follow what is chosen on the screen: the next one is asked only when the one before is answered."""

from collections.abc import Callable, Hashable

import streamlit as st

from core.runs import inspections
from core.runs.inspections import Inspection, InspectionError
from ui import inspection_wait, session


def show(key: str, question: Hashable, ask: Callable[[], Inspection], draw: Callable[[Inspection], None]) -> None:
    """Asks ``question`` by ``ask`` and draws its answer by ``draw`` as soon as it is there.

    ``question`` tells this one from others that were asked under ``key``. While one of those is worked on, that is
    waited for: clicking through many images does not leave a queue of questions that nobody wants answered.
    """
    asked, inspection_id = st.session_state.get(key, (None, None))
    if asked != question and not _is_active(inspection_id):
        inspection_id = _ask(key, question, ask)
        asked = question
    inspection_wait.show(inspection_id, draw if asked == question else _once_more, lambda: _ask(key, question, ask))


def _ask(key: str, question: Hashable, ask: Callable[[], Inspection]) -> str:
    inspection = ask()
    st.session_state[key] = (question, inspection.id)
    return inspection.id


def _is_active(inspection_id: str | None) -> bool:
    if inspection_id is None:
        return False
    try:
        return inspections.state_of(session.database(), inspection_id).is_active
    except InspectionError:
        return False


def _once_more(_inspection: Inspection) -> None:
    """The answer is that to the question before."""
    st.rerun()
