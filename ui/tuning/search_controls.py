"""What steers a search: Pause, Continue, Stop."""

from collections.abc import Callable

import streamlit as st

from core.tuning import searches
from core.tuning.searches import Search
from ui import run_trouble, session
from ui.text import _


def show(search: Search) -> None:
    """Draws the buttons that ``search`` has in its state."""
    with st.container(horizontal=True, width="content", gap="xsmall"):
        if search.state.is_working:
            _button(
                _("Pause"),
                "pause",
                search,
                searches.request_pause,
                help=_("The trial that is at work pauses too. All go on later, also after a restart of the computer."),
            )
        if search.is_continuable:
            _button(
                _("Continue"),
                "play_arrow",
                search,
                searches.request_continue,
                help=_("It goes on with the trials that it has."),
                is_primary=True,
            )
        if not search.state.is_finished:
            _button(
                _("Stop"),
                "stop",
                search,
                searches.request_stop,
                help=_("The trials that are done are kept. A stopped search cannot go on."),
            )


def _button(
    label: str, icon: str, search: Search, what: Callable[..., None], *, help: str, is_primary: bool = False
) -> None:
    st.button(
        label,
        key=f"search_controls_{icon}",
        icon=f":material/{icon}:",
        type="primary" if is_primary else "secondary",
        help=help,
        on_click=_order,
        args=(what, search.id),
    )


def _order(what: Callable[..., None], search_id: str) -> None:
    """The engine may have ended while the search rested."""
    run_trouble.order(what, search_id)
    session.keep_engine()
