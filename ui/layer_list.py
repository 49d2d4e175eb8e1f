"""The list of layers with what each makes of its input, one of them open."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from core.architecture import Readout, Shape, Summary
from core.message import times
from core.problem import Problem
from ui import purposes
from ui.layer_settings import settings
from ui.text import _, translate

_KEY = "layer_list"
_OPEN = "layer_list_open"
_HERE = Path(__file__).parent

_component = st.components.v2.component(
    "layerlab.layer_list",
    html="""
    <div class="list">
      <div class="scroll">
        <div class="heading" aria-hidden="true"></div>
        <div class="row image"></div>
        <div class="rows" role="listbox" tabindex="0"></div>
      </div>
    </div>
    """,
    css=(_HERE / "layer_list.css").read_text(encoding="utf-8"),
    js=(_HERE / "layer_list.js").read_text(encoding="utf-8"),
)


def open_position(layers: Sequence[Any]) -> int:
    """The position of the layer that is open; -1 for an empty list."""
    return min(st.session_state.get(_OPEN, 0), len(layers) - 1)


def open_layer(position: int) -> None:
    """Opens the layer at ``position``."""
    st.session_state[_OPEN] = max(position, 0)


def show(summary: Summary, image: Shape, problems: Sequence[Problem]) -> None:
    """Draws the image and below it one row for each layer; a click or an arrow key opens a layer."""
    titles = {
        "list": _("Layers, from the image to the answer"),
        "image": _("Image"),
        "layer": _("Layer"),
        "shape": _("Output shape"),
        "parameters": _("Parameters"),
    }
    data = {
        "titles": titles,
        "image": times(image),
        "open": open_position(summary.readouts),
        "rows": rows(summary, problems),
    }
    _component(key=_KEY, data=data, on_opened_change=_opened)


def rows(summary: Summary, problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """What each row shows, as texts. ``share`` is the layer's part of all parameters; shape and parameters are None
    where a problem before it hides them."""
    by_layer = {problem.layer: problem for problem in reversed(problems)}
    return [
        _row(readout, summary.parameters, by_layer.get(position)) for position, readout in enumerate(summary.readouts)
    ]


def _row(readout: Readout, total: int, problem: Problem | None) -> dict[str, Any]:
    return {
        "kind": readout.layer.kind,
        "colour": purposes.colour(readout.layer),
        "settings": settings(readout.layer),
        "shape": None if readout.output_shape is None else times(readout.output_shape),
        "parameters": None if readout.parameters is None else f"{readout.parameters:,}",
        "share": (readout.parameters or 0) / max(total, 1),
        "problem": problem and {"text": translate(problem.message), "severity": problem.severity.value},
    }


def _opened() -> None:
    open_layer(st.session_state[_KEY].opened)
