"""The sample sets that come with Layerlab."""

import streamlit as st

from core.dataset.sources import SAMPLES
from core.dataset.store import Dataset
from ui import start_cards
from ui.text import _
from ui.ways_in import taking_in


def show(base: Dataset | None) -> None:
    """Draws a card for each of them."""
    st.caption(_("Ready to use, also without a network."))
    sample = start_cards.show("upload_panel_sample", with_own=False)
    if sample is not None:
        taking_in.begin(sample, _(SAMPLES[sample].title), base)
