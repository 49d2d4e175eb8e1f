"""The list of layers with what each makes of its input, one of them open."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import streamlit as st

from core.architecture import Place, Readout, Residual, Shape, Summary
from core.architecture.cost import activation_bytes
from core.architecture.place import is_within
from core.message import times
from core.problem import Problem
from ui import layer_edits, opened_layer, purposes, session
from ui.layer_settings import settings
from ui.numbers import file_size
from ui.text import _, translate

_KEY = "layer_list"
_HERE = Path(__file__).parent

_component = st.components.v2.component(
    "layerlab.layer_list",
    html="""
    <div class="list">
      <div class="scroll">
        <div class="heading"></div>
        <div class="row image"></div>
        <div class="rows" role="listbox" tabindex="0"></div>
      </div>
      <div class="keys"></div>
    </div>
    """,
    css=(_HERE / "layer_list.css").read_text(encoding="utf-8"),
    js=(_HERE / "layer_list.js").read_text(encoding="utf-8"),
)


def show(summary: Summary, image: Shape, problems: Sequence[Problem], batch_size: int) -> None:
    """Draws the image and below it one row for each layer.

    A click or an arrow key opens a layer; dragging, or Alt with an arrow key, moves it.
    """
    data = {
        "titles": _titles(),
        "image": times(image),
        "generation": session.generation(),
        "open": opened_layer.place([readout.layer for readout in summary.readouts]),
        "rows": rows(summary, problems, batch_size),
    }
    _component(key=_KEY, data=data, on_acted_change=_acted)


def rows(summary: Summary, problems: Sequence[Problem], batch_size: int) -> list[dict[str, Any]]:
    """What each row shows, as texts; the layers inside a closed Residual have none.

    ``figures`` are pairs of a text and the layer's share of that figure among all layers, 0 to 1; both are None where a
    problem before it hides them.
    """
    totals = (summary.parameters, summary.multiply_adds, summary.activations)
    return [
        _row(readout, totals, batch_size, _told_at(readout.place, problems)) for readout in _shown(summary.readouts)
    ]


def _shown(readouts: Sequence[Readout]) -> Iterator[Readout]:
    for readout in readouts:
        yield readout
        if not opened_layer.is_closed(readout.place):
            yield from _shown(readout.inner)


def _told_at(place: Place, problems: Sequence[Problem]) -> Problem | None:
    """The first problem of the layer at ``place``, or inside it where it hides what is inside."""
    hides = opened_layer.is_closed(place)
    for problem in problems:
        if problem.place == place or (hides and problem.place and is_within(problem.place, place)):
            return problem
    return None


def _row(readout: Readout, totals: tuple[int, int, int], batch_size: int, problem: Problem | None) -> dict[str, Any]:
    layer = readout.layer
    return {
        "place": readout.place,
        "kind": layer.kind,
        "colour": purposes.colour(layer),
        "settings": settings(layer),
        "disabled": layer.disabled,
        "closed": opened_layer.is_closed(readout.place) if isinstance(layer, Residual) else None,
        "shape": None if readout.output_shape is None else times(readout.output_shape),
        "figures": _figures(readout, totals, batch_size),
        "problem": problem and {"text": translate(problem.message), "severity": problem.severity.value},
    }


def _figures(readout: Readout, totals: tuple[int, int, int], batch_size: int) -> dict[str, tuple[str | None, float]]:
    parameters, multiply_adds, activations = totals
    memory = activation_bytes(readout.activations or 0, batch_size)
    is_known = readout.activations is not None
    texts = {
        "parameters": (f"{readout.parameters or 0:,}", (readout.parameters or 0) / max(parameters, 1)),
        "multiply_adds": (f"{readout.multiply_adds or 0:,}", (readout.multiply_adds or 0) / max(multiply_adds, 1)),
        "memory": (translate(file_size(memory)), (readout.activations or 0) / max(activations, 1)),
        "field": (times(readout.receptive_field or ()), 0.0),
    }
    return {name: (text if is_known else None, share if is_known else 0.0) for name, (text, share) in texts.items()}


def _titles() -> dict[str, str]:
    return {
        "list": _("Layers, from the image to the answer"),
        "image": _("Image"),
        "layer": _("Layer"),
        "shape": _("Output shape"),
        "figure": _("Which figure is shown"),
        "parameters": _("Parameters"),
        "multiply_adds": _("Multiply-adds"),
        "memory": _("Memory"),
        "field": _("Sees"),
        "drag": _("Drag to move; with the keyboard, Alt and an arrow key"),
        "show_inside": _("Show the layers inside"),
        "hide_inside": _("Hide the layers inside"),
        "disabled": _("off"),
        "keys": _(
            "↑ ↓ choose · Alt+↑ ↓ move · Alt+→ ← into or out of a Residual · Ctrl+D copy · Del remove · Space off, on"
        ),
    }


def _acted() -> None:
    """Does what was done in the list, unless the list has become another one meanwhile."""
    act = Act.read(st.session_state[_KEY].acted)
    layers = session.draft().layers
    if act is None or not layer_edits.is_there(layers, act.place):
        return
    if act.name not in _EDITS:
        _LOOKS[act.name](act.place)
    elif act.generation == session.generation():
        _EDITS[act.name](act)


@dataclass(frozen=True)
class Act:
    """What a person did with the layer at ``place``. ``before`` is the place that it shall stand before."""

    name: str
    place: Place
    generation: int
    before: Place = ()

    @classmethod
    def read(cls, sent: Any) -> Self | None:
        """The act that the browser sent; None where it is none that the list can send."""
        try:
            act = cls(sent["name"], tuple(sent["place"]), sent["generation"], tuple(sent.get("before", ())))
        except (TypeError, KeyError, AttributeError):
            return None
        steps = (*act.place, *act.before)
        is_known = act.name in (*_LOOKS, *_EDITS) and act.place and bool(act.before) is (act.name == "move")
        return act if is_known and all(type(step) is int and step >= 0 for step in steps) else None


_LOOKS: Mapping[str, Callable[[Place], None]] = {"open": opened_layer.open_at, "turn": opened_layer.turn}
_EDITS: Mapping[str, Callable[[Act], None]] = {
    "move": lambda act: layer_edits.move(act.place, act.before),
    "duplicate": lambda act: layer_edits.duplicate(act.place),
    "remove": lambda act: layer_edits.remove(act.place),
    "disable": lambda act: layer_edits.turn_off_or_on(act.place),
}
