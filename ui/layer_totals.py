"""What all layers add up to."""

import streamlit as st

from core.architecture import Summary
from core.message import times
from ui.text import _


def show(summary: Summary) -> None:
    """Draws parameters and multiply-adds of the whole net, and what the last layer that works sees of the image."""
    fields = [readout.receptive_field for readout in summary.readouts if readout.receptive_field]
    with st.container(horizontal=True, gap="large", key="layer_totals"):
        st.metric(
            _("Parameters"),
            f"{summary.parameters:,}",
            help=_("Numbers that are stored in the layers; training sets them."),
            width="content",
        )
        st.metric(
            _("Multiply-adds"),
            f"{summary.multiply_adds:,}",
            help=_("Multiplications with an addition for one image: what an answer costs."),
            width="content",
        )
        if fields:
            st.metric(
                _("Receptive field"),
                times(fields[-1]),
                help=_("The patch of the image, in pixels, that one output of the last layer can see."),
                width="content",
            )
