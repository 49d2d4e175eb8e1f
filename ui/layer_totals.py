"""What all layers add up to."""

import streamlit as st

from core.architecture import Summary
from core.architecture.cost import activation_bytes
from core.message import times
from ui.numbers import file_size
from ui.text import _, translate


def show(summary: Summary, batch_size: int) -> None:
    """Draws the totals of the whole net, and what the last layer that works sees of the image."""
    fields = [readout.receptive_field for readout in summary.readouts if readout.receptive_field]
    untrained = summary.parameters - summary.trained_parameters
    memory = activation_bytes(summary.activations, batch_size)
    is_whole = summary.output_shape is not None
    with st.container(horizontal=True, gap="small", width="content", key="layer_totals"):
        _total(
            _("Parameters") if is_whole else _("Parameters so far"),
            f"{summary.parameters:,}",
            _("Numbers stored in the layers. Training sets {trained:,} of them; {untrained:,} are remembered.").format(
                trained=summary.trained_parameters, untrained=untrained
            ),
        )
        _total(
            _("Multiply-adds"),
            f"{summary.multiply_adds:,}",
            _("Multiplications with an addition for one image: what an answer costs."),
        )
        _total(
            _("Activation memory"),
            translate(file_size(memory)),
            _("What all layers hand on for a batch of {batch_size:,} images; training keeps it.").format(
                batch_size=batch_size
            ),
        )
        if fields:
            _total(
                _("Receptive field"),
                times(fields[-1]),
                _("The patch of the image, in pixels, that one output of the last layer can see."),
            )


def _total(title: str, value: str, meaning: str) -> None:
    st.metric(title, value, help=meaning, width="content")
