"""How far work in the background is, on whichever screen waits for it."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from core.message import Message
from core.runs.analyses import Analysis
from core.runs.checks import Check
from ui.markdown import plain
from ui.text import _, translate


@dataclass(frozen=True)
class Work:
    """What is waited for: how far it is by now, None while nobody has started it, and how it is started."""

    state: Callable[[], Analysis | Check | None]
    start: Callable[[], None]


@dataclass(frozen=True)
class Told:
    """What a screen says while it waits: ``counted`` with {done} and {total}, ``beginning`` before they are known, and
    what comes ``then``; ``stopped`` where the work came to nothing and gave no reason, and ``again`` on the button with
    the key ``again_key``, which is what the screen is for where it ``is_primary``. ``icon`` stands before the progress.
    """

    counted: str
    beginning: str
    then: str
    stopped: str
    again: str
    again_key: str
    is_primary: bool = False
    icon: str = ""


def show(work: Work, told: Told) -> None:
    """Begins ``work``, if it has not begun, and draws how far it is.

    When it is done, the whole screen is drawn anew.
    """
    found = work.state()
    if found is not None and found.state.is_trouble:
        _show_trouble(work, found.message, told)
        return
    if found is None or not found.state.is_working:
        work.start()
    st.fragment(_draw, run_every="1s")(work, told)


def _draw(work: Work, told: Told) -> None:
    found = work.state()
    if found is not None and found.state.is_waiting:
        work.start()
        found = work.state()
    if found is None or found.state.is_finished:
        st.rerun()
    if found.state.is_waiting:
        waits = _("Waits until other work in the background is done …")
        st.caption(f":material/hourglass_top: {waits}")
        return
    text = told.counted.format(done=found.done, total=found.total) if found.total else told.beginning
    st.progress(found.progress, text=f"{told.icon} {text}".lstrip())
    st.caption(told.then)


def _show_trouble(work: Work, message: Message | None, told: Told) -> None:
    reason = translate(message) if message else told.stopped
    st.error(plain(reason), icon=":material/error:")
    st.button(
        told.again,
        key=told.again_key,
        type="primary" if told.is_primary else "secondary",
        icon=":material/refresh:",
        on_click=work.start,
    )
