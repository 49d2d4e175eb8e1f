"""Bringing other images into a project that has some: asked about first where runs were trained on them."""

import streamlit as st

from ui import session, upload_panel
from ui.text import _, ngettext

_IS_OPEN = "replace_images_is_open"


def show(runs: int) -> None:
    """Draws the button, or the ways in once it was pressed. ``runs`` is how many runs the project has."""
    if st.session_state.get(_IS_OPEN) == session.project().id:
        with st.container(border=True, key="replace_images_panel"):
            with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
                st.subheader(_("Replace the images"), anchor=False, width="content")
                st.button(_("Cancel"), key="replace_images_cancel", type="tertiary", on_click=close)
            upload_panel.show()
        return
    if st.button(_("Replace the images …"), key="replace_images_open", icon=":material/swap_horiz:"):
        _ask_or_open(runs)


def close() -> None:
    """Puts the ways in away again."""
    st.session_state.pop(_IS_OPEN, None)


def _ask_or_open(runs: int) -> None:
    if runs:
        _ask(runs)
        return
    _open()
    st.rerun()


def _open() -> None:
    st.session_state[_IS_OPEN] = session.project().id


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
        if st.button(_("Replace them"), key="replace_images_confirm", type="primary", on_click=_open):
            st.rerun()
