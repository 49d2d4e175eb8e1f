"""The first thing a person sees: what Layerlab is, and three ways to begin."""

import streamlit as st

from ui import start_cards
from ui.text import _


def show() -> str | None:
    """Draws the screen; the sample set that was chosen now, `start_cards.OWN`, or None."""
    st.space("small")
    with st.container(gap="xsmall"):
        st.title(_("See a neural network learn from your images"), anchor=False)
        st.markdown(
            _(
                "Layerlab turns folders of images into a trained classifier: split them honestly, stack the "
                "layers, watch the "
                "curves move, and judge the result on images that it has never seen."
            ),
            width=760,
        )
    st.space("small")
    chosen = start_cards.show("landing", with_own=True, is_first_visit=True)
    st.space("small")
    _show_way()
    return chosen


def _show_way() -> None:
    way = [
        (":material/imagesmode:", _("Images"), _("One folder per class; look through them all.")),
        (":material/call_split:", _("Split"), _("Training, validation, and a test kept for the end.")),
        (":material/layers:", _("Layers"), _("Convolutions and pooling, with live shapes and sums.")),
        (":material/show_chart:", _("Train"), _("In the background; the curves move while you watch.")),
        (":material/fact_check:", _("Evaluate"), _("What it gets right, what it mixes up, and how sure that is.")),
    ]
    with st.grid(len(way), min_column_width=120, gap="medium"):
        for icon, title, text in way:
            with st.container(gap="xxsmall"):
                st.markdown(f":primary[{icon}] **{title}**")
                st.caption(text)
    st.caption(
        _(":material/lock: Everything stays on this computer: nothing is sent anywhere, and no account is needed.")
    )
