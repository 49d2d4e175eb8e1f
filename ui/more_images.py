"""Bringing images into a project that has some: added to them, or instead of them. The latter is asked about first
where runs were trained on them."""

from typing import Final

import streamlit as st

from core.dataset.store import Dataset
from ui import session, upload_panel
from ui.text import _, ngettext

_OPEN = "more_images_open"
_ADD: Final = "add"
_REPLACE: Final = "replace"


def show(dataset: Dataset, runs: int) -> None:
    """Draws the two buttons, or the ways in once one was pressed. ``runs`` is how many runs the project has."""
    opened = st.session_state.get(_OPEN, {}).get(session.project().id)
    if opened == _ADD:
        _panel(_("Add images"), dataset)
    elif opened == _REPLACE:
        _panel(_("Replace the images"), None)
    else:
        _buttons(runs)


def close() -> None:
    """Puts the ways in away again."""
    st.session_state.pop(_OPEN, None)


def _panel(title: str, base: Dataset | None) -> None:
    with st.container(key="more_images_panel"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.subheader(title, anchor=False, width="content")
            st.button(_("Close"), key="more_images_close", type="tertiary", icon=":material/close:", on_click=close)
        upload_panel.show(base)


def _buttons(runs: int) -> None:
    with st.container(horizontal=True):
        st.button(
            _("Add images …"),
            key="add_images_open",
            icon=":material/add_photo_alternate:",
            on_click=_open,
            args=(_ADD,),
        )
        if st.button(_("Replace the images …"), key="replace_images_open", icon=":material/swap_horiz:"):
            _ask_or_open(runs)


def _ask_or_open(runs: int) -> None:
    if runs:
        _ask(runs)
        return
    _open(_REPLACE)
    st.rerun()


def _open(what: str) -> None:
    st.session_state[_OPEN] = {session.project().id: what}


def _ask(runs: int) -> None:
    st.dialog(_("Replace the images?"), icon=":material/swap_horiz:")(_question)(runs)


def _question(runs: int) -> None:
    st.markdown(
        ngettext(
            "{count} run was trained on these images. It stays and can still be judged, but it cannot be compared "
            "with runs on "
            "other images. To keep everything together, make a new project for the other images.",
            "{count:,} runs were trained on these images. They stay and can still be judged, but they cannot be "
            "compared with "
            "runs on other images. To keep everything together, make a new project for the other images.",
            runs,
        ).format(count=runs)
    )
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button(_("Keep these images"), key="replace_images_keep"):
            st.rerun()
        if st.button(_("Replace them"), key="replace_images_confirm", type="primary", on_click=_open, args=(_REPLACE,)):
            st.rerun()
