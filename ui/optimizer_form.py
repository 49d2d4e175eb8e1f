"""How the weights are moved: the optimizer, its own settings, and what holds its steps back."""

from collections.abc import Collection
from typing import Final

import streamlit as st

from core.objective import CLIPPINGS, OPTIMIZERS, Optimizer
from ui import rarely_used, shown_value, training_edits, value_form
from ui.text import _

FRESH_CLIPPING: Final = 1.0
_ELSEWHERE: Final = ("kind", "learning_rate")
"""The learning rate stands with its schedule, in `ui.learning_rate_form`."""


def show(optimizer: Optimizer) -> None:
    """Draws the choice of the optimizer and its settings. Another optimizer begins with Keras's defaults."""
    key = training_edits.key("optimizer")
    shown_value.show(key, optimizer.kind)
    st.selectbox(
        _("Optimizer"),
        list(OPTIMIZERS),
        key=key,
        label_visibility="collapsed",
        on_change=lambda: training_edits.change(optimizer=OPTIMIZERS[st.session_state[key]]()),
    )
    st.caption(_(optimizer.summary))
    rare = _rare(optimizer)
    with st.grid(2, min_column_width=140, gap="small"):
        _show_fields(optimizer, [name for name in type(optimizer).model_fields if name not in (*_ELSEWHERE, *rare)])
    _show_rare(optimizer, rare)


def _rare(optimizer: Optimizer) -> tuple[str, ...]:
    """Settings that are off by default: clipping, and weight decay except where the optimizer is made for it."""
    is_made_for_decay = type(optimizer).model_fields["weight_decay"].default is not None
    return CLIPPINGS if is_made_for_decay else ("weight_decay", *CLIPPINGS)


def _show_rare(optimizer: Optimizer, rare: Collection[str]) -> None:
    title = _("Clipping and weight decay") if "weight_decay" in rare else _("Clipping")
    is_used = any(getattr(optimizer, name) is not None for name in rare)
    clipping = next((name for name in CLIPPINGS if getattr(optimizer, name) is not None), None)
    with rarely_used.show(title, "optimizer_form_more", is_used=is_used), st.grid(2, min_column_width=140, gap="small"):
        if "weight_decay" in rare:
            _show_fields(optimizer, ["weight_decay"])
        _choose_clipping(optimizer, clipping)
        if clipping is not None:
            _show_fields(optimizer, [clipping])


def _choose_clipping(optimizer: Optimizer, clipping: str | None) -> None:
    """One of the three, since only one can be set."""
    key = training_edits.key(f"clipping_{optimizer.kind}")
    shown_value.show(key, clipping)
    fields = type(optimizer).model_fields
    st.selectbox(
        _("Clip gradients"),
        [None, *CLIPPINGS],
        key=key,
        format_func=lambda name: _("none") if name is None else name,
        help="\n".join(f"- **{name}**: {_(fields[name].description or '')}" for name in CLIPPINGS),
        on_change=lambda: _clip(st.session_state[key]),
    )


def _clip(clipping: str | None) -> None:
    chosen = {} if clipping is None else {clipping: FRESH_CLIPPING}
    training_edits.change_within("optimizer", **(dict.fromkeys(CLIPPINGS) | chosen))


def _show_fields(optimizer: Optimizer, names: Collection[str]) -> None:
    prefix = training_edits.key(optimizer.kind)
    value_form.show(optimizer, prefix, training_edits.saving("optimizer"), only=names)
