"""Which layer of a net is looked into."""

from collections.abc import Sequence

import streamlit as st

from core.architecture import Readout, Summary
from core.architecture.convolution2d import Convolution2D
from core.architecture.naming import named
from core.message import times
from ui.text import _, translate


def with_maps(summary: Summary) -> list[Readout]:
    """The layers that give maps, those inside a Residual too."""
    return [
        readout for readout in summary.walk() if len(readout.output_shape or ()) == 3 and not readout.layer.disabled
    ]


def convolutions(summary: Summary) -> list[Readout]:
    """The layers with filters."""
    return [readout for readout in with_maps(summary) if isinstance(readout.layer, Convolution2D)]


def show(readouts: Sequence[Readout], key: str) -> Readout:
    """Draws the choice among ``readouts``; before anyone chooses, it is the last convolution, or the last of all."""
    offered = {readout.place: readout for readout in readouts}
    if st.session_state.get(key) not in offered:  # another run has other layers
        st.session_state[key] = _usual(readouts).place
    place = st.selectbox(
        _("Layer"),
        list(offered),
        format_func=lambda each: title(offered[each]),
        key=key,
        persist_state="session",
        filter_mode=None,
    )
    return offered[place]


def title(readout: Readout) -> str:
    """``Conv2D (layer 3) · 24 × 24 × 32``."""
    return f"{translate(named(readout.layer, readout.place))} · {times(readout.output_shape or ())}"


def _usual(readouts: Sequence[Readout]) -> Readout:
    filtering = [readout for readout in readouts if isinstance(readout.layer, Convolution2D)]
    return (filtering or readouts)[-1]
