"""While nobody knows yet what is wrong with the images: the check in the background, how far it is, and what comes
then."""

import streamlit as st

from core.message import Message
from core.runs import checks
from ui import session
from ui.markdown import plain
from ui.text import _, translate


def show(dataset_id: str) -> None:
    """Begins the check of a dataset that has no report, if it has not begun, and draws how far it is.

    When it is done, the whole screen is drawn anew.
    """
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
    text = _("{done:,} of {total:,} images looked at").format(done=check.done, total=check.total)
    st.progress(check.progress, text=text if check.total else _("Beginning to look at the images …"))
    st.caption(
        _(
            "Then this screen shows what was found and what to do about it: copies, pictures with two labels, images "
            "that are dark, blurry or blank, classes that are too small. You can leave this screen, or close it: the "
            "work goes on in the background."
        )
    )


def _show_trouble(dataset_id: str, message: Message | None) -> None:
    reason = translate(message) if message else _("The check of the images did not come to its end.")
    st.error(plain(reason), icon=":material/error:")
    st.button(
        _("Check again"),
        key="quality_check_again",
        type="primary",
        icon=":material/refresh:",
        on_click=_start,
        args=(dataset_id,),
    )


def _start(dataset_id: str) -> None:
    checks.start(session.database(), session.workspace(), dataset_id)
