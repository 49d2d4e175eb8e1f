"""How far the check of a dataset is, on whichever screen waits for it."""

from dataclasses import dataclass

import streamlit as st

from core.message import Message
from core.runs import checks
from core.runs.checks import Check
from ui import session
from ui.markdown import plain
from ui.text import translate


@dataclass(frozen=True)
class Told:
    """What a screen says while it waits: ``counted`` with {done} and {total}, ``beginning`` before they are known, and
    what comes ``then``; ``stopped`` where the check came to nothing and gave no reason, and ``again`` on the button
    with the key ``again_key``, which is what the screen is for where it ``is_primary``. ``icon`` stands before the
    progress.
    """

    counted: str
    beginning: str
    then: str
    stopped: str
    again: str
    again_key: str
    is_primary: bool = False
    icon: str = ""


def show(dataset_id: str, told: Told) -> None:
    """Begins the check of a dataset, if it has not begun, and draws how far it is.

    When it is done, the whole screen is drawn anew.
    """
    check = _state(dataset_id)
    if check is not None and check.state.is_trouble:
        _show_trouble(dataset_id, check.message, told)
        return
    if check is None or not check.state.is_working:
        _start(dataset_id)
    st.fragment(_draw, run_every="1s")(dataset_id, told)


def _draw(dataset_id: str, told: Told) -> None:
    check = _state(dataset_id)
    if check is None or not check.state.is_working:
        st.rerun()
    text = told.counted.format(done=check.done, total=check.total) if check.total else told.beginning
    st.progress(check.progress, text=f"{told.icon} {text}".lstrip())
    st.caption(told.then)


def _show_trouble(dataset_id: str, message: Message | None, told: Told) -> None:
    reason = translate(message) if message else told.stopped
    st.error(plain(reason), icon=":material/error:")
    st.button(
        told.again,
        key=told.again_key,
        type="primary" if told.is_primary else "secondary",
        icon=":material/refresh:",
        on_click=_start,
        args=(dataset_id,),
    )


def _state(dataset_id: str) -> Check | None:
    return checks.state(session.database(), dataset_id)


def _start(dataset_id: str) -> None:
    checks.start(session.database(), session.workspace(), dataset_id)
