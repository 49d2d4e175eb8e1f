"""The bar that moves while images are taken in, and what is said when that went wrong or was cancelled."""

import streamlit as st

from core.runs import intakes
from core.runs.intakes import Intake
from ui import session
from ui.markdown import plain
from ui.numbers import duration
from ui.run_progress import roughly
from ui.text import _, translate

_CANCELLED = "intake_progress_cancelled"


def show(intake: Intake) -> None:
    """Draws how far ``intake``, which is at work, has come. When it is over, the whole screen runs anew."""
    st.subheader(_("Taking in {name}").format(name=plain(intake.name)), anchor=False)
    st.fragment(_draw, run_every="500ms")(intake.project_id)
    st.button(_("Cancel"), key="intake_progress_cancel", icon=":material/close:", on_click=_cancel, args=(intake,))
    st.caption(
        _(
            "Every image is read once and checked. You can leave this screen, or close it: the work goes on in the "
            "background."
        )
    )


def show_end(intake: Intake) -> None:
    """Says why ``intake``, which is over, came to nothing: it went wrong, or was cancelled in this session."""
    if intake.state.is_trouble and intake.message is not None:
        st.error(plain(translate(intake.message)), icon=":material/error:")
    elif intake.dataset_id is None and st.session_state.get(_CANCELLED) == intake.id:
        sentence = _("Taking in {name} was cancelled, and nothing of it was kept.").format(name=plain(intake.name))
        st.info(sentence, icon=":material/info:")


def _cancel(intake: Intake) -> None:
    with st.spinner(_("Cancelling …")):
        intakes.cancel(session.database(), intake.id)
    st.session_state[_CANCELLED] = intake.id


def _draw(project_id: str) -> None:
    intake = intakes.latest(session.database(), project_id)
    if intake is None or intake.state.is_finished:
        st.rerun()
    if not intake.total:
        st.progress(0.0, text=_("Opening …"))
        return
    st.progress(intake.progress, text=" · ".join([_files(intake), *_pace(intake)]))


def _files(intake: Intake) -> str:
    return _("{done:,} of {total:,} files").format(done=intake.done, total=intake.total)


def _pace(intake: Intake) -> list[str]:
    """The rate and what is left, once they are measured."""
    if intake.files_per_second is None or intake.seconds_left is None:
        return []
    if intake.done == intake.total:
        return [_("storing them")]
    left = translate(duration(roughly(intake.seconds_left)))
    return [
        _("{rate:,.0f} files per second").format(rate=intake.files_per_second),
        _("about {time} left").format(time=left),
    ]
