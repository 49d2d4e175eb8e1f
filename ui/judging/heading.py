"""The title of what is shown of a judged run, with the part that it was judged on."""

import streamlit as st

from ui.parts import part_badge


def show(title: str, part: str) -> None:
    """Draws ``title`` and the badge of ``part``."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader(title, anchor=False, width="content")
        st.markdown(part_badge(part), width="content")
