"""What stands in the place of a picture while there is nothing to be drawn."""

import streamlit as st

_HEIGHT, _WIDTH = 300, 520


def show(text: str) -> None:
    """Draws ``text``, about as high as a picture, so that what is below stays where it is."""
    with st.container(
        border=True,
        height=_HEIGHT,
        horizontal_alignment="center",
        vertical_alignment="center",
        key="empty_picture",
    ):
        st.markdown(text, text_alignment="center", width=_WIDTH)
