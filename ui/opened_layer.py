"""Which layer of the list is open, and which Residuals are closed over what is inside them."""

from collections.abc import Iterator, Sequence

import streamlit as st

from core.architecture import Layer, Place, Residual

_OPEN = "opened_layer_place"
_CLOSED = "opened_layer_closed_residuals"


def place(layers: Sequence[Layer]) -> Place | None:
    """The place of the layer that is open; None for an empty list.

    Where the list has become shorter, it is the nearest that there still is.
    """
    found: list[int] = []
    for position in st.session_state.get(_OPEN, (0,)):
        if not layers:
            break
        found.append(min(position, len(layers) - 1))
        inside = layers[found[-1]]
        layers = inside.layers if isinstance(inside, Residual) else ()
    return tuple(found) or None


def open_at(opened: Place) -> None:
    """Opens the layer at ``opened``."""
    st.session_state[_OPEN] = tuple(max(position, 0) for position in opened)


def forget() -> None:
    """For another project: its first layer is open, and no Residual is closed."""
    st.session_state.pop(_OPEN, None)
    st.session_state.pop(_CLOSED, None)


def is_closed(residual: Place) -> bool:
    """Whether the Residual there hides the layers inside it."""
    return residual in st.session_state.get(_CLOSED, ())


def keep_closed(before: Sequence[Layer], after: Sequence[Layer]) -> None:
    """The Residuals that are closed in ``before`` are closed in ``after``, wherever they stand there."""
    closed = [residual for place, residual in _residuals(before) if is_closed(place)]
    found = (place for place, residual in _residuals(after) if any(residual is each for each in closed))
    st.session_state[_CLOSED] = tuple(found)


def _residuals(layers: Sequence[Layer], within: Place = ()) -> Iterator[tuple[Place, Residual]]:
    for position, layer in enumerate(layers):
        if isinstance(layer, Residual):
            yield (*within, position), layer
            yield from _residuals(layer.layers, (*within, position))


def turn(residual: Place) -> None:
    """Hides the layers inside the Residual there, or shows them again."""
    closed = set(st.session_state.get(_CLOSED, ()))
    st.session_state[_CLOSED] = tuple(sorted(closed ^ {residual}))
