"""While nobody knows yet which images look alike: the search in the background, how far it is, and what comes then."""

import streamlit as st

from core.message import Message
from core.runs import checks
from ui import session
from ui.markdown import plain
from ui.text import _, translate


def show() -> None:
    """Begins the search in the images of the open project, where there was none, and draws how far it is.

    When it is done, the whole screen is drawn anew.
    """
    dataset_id = session.needed_dataset().id
    if session.look_alikes() is not None:
        return
    check = checks.state(session.database(), dataset_id)
    if check is not None and check.state.is_trouble:
        _show_trouble(dataset_id, check.message)
        return
    if check is None or not check.state.is_working:
        _start(dataset_id)
    st.fragment(_draw, run_every="1s")(dataset_id)


def _draw(dataset_id: str) -> None:
    check = checks.state(session.database(), dataset_id)
    if check is None or not check.state.is_working:
        st.rerun()
    counted = _("Looking for look-alikes: {done:,} of {total:,} images.").format(done=check.done, total=check.total)
    text = counted if check.total else _("Looking for look-alikes…")
    st.progress(check.progress, text=f":material/search: {text}")
    st.caption(
        _(
            "The images are compared in the background. Then those that look alike go into one part, and this screen "
            "shows the split. Nothing can be trained before."
        )
    )


def _show_trouble(dataset_id: str, message: Message | None) -> None:
    reason = translate(message) if message else _("The search for look-alikes did not come to its end.")
    st.error(plain(reason), icon=":material/error:")
    st.button(
        _("Search again"), key="look_alike_search_again", icon=":material/refresh:", on_click=_start, args=(dataset_id,)
    )


def _start(dataset_id: str) -> None:
    checks.start(session.database(), session.workspace(), dataset_id)
