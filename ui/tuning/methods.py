"""How a search goes about it: what chooses the settings of a trial, and what ends one early. Both with a sentence."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from core.message import mark
from ui.text import _

SAMPLERS: Final[Mapping[str, tuple[str, str]]] = {
    "tpe": (
        mark("TPE"),
        mark(
            "The first trials are random. From then on it looks more often where good trials were, and less where bad "
            "ones were (tree-structured Parzen estimator)."
        ),
    ),
    "random": (
        mark("Random"),
        mark("Each trial is drawn anew, whatever the others came to: the yardstick for every cleverer way."),
    ),
    "grid": (
        mark("Grid"),
        mark("Every value is combined with every other. Good for few values: each further setting multiplies them."),
    ),
}
PRUNERS: Final[Mapping[str, tuple[str, str]]] = {
    "none": (mark("None"), mark("Every trial is trained to its end.")),
    "median": (
        mark("Median"),
        mark("A trial ends early where, after the same epoch, it is behind the median of the trials before it."),
    ),
    "hyperband": (
        mark("Hyperband"),
        mark(
            "Of several trials only the best third go on after a few epochs, of those again the best third, and so on "
            "(successive halving). How soon it begins to choose differs from trial to trial."
        ),
    ),
}
OBJECTIVES: Final[Mapping[str, str]] = {
    "val_accuracy": mark("Highest validation accuracy"),
    "val_loss": mark("Lowest validation loss"),
}
"""What a trial is judged by."""


def choose_sampler(prefix: str) -> str:
    """Draws the choice of what chooses the settings; keys begin with ``prefix``."""
    return _choose(_("Which settings are tried"), SAMPLERS, f"{prefix}_sampler")


def choose_pruner(prefix: str) -> str:
    """Draws the choice of what ends trials early."""
    return _choose(_("Ending hopeless trials early"), PRUNERS, f"{prefix}_pruner")


def choose_objective(prefix: str, *, has_accuracy: bool) -> str:
    """Draws the choice of what trials are judged by; for numbers there is only the loss."""
    offered = list(OBJECTIVES) if has_accuracy else ["val_loss"]
    return st.segmented_control(
        _("Best is"),
        offered,
        default=offered[0],
        format_func=lambda name: _(OBJECTIVES[name]),
        key=f"{prefix}_objective_{len(offered)}",
        required=True,
        persist_state="session",
    )


def _choose(label: str, methods: Mapping[str, tuple[str, str]], key: str) -> str:
    with st.container(gap="xxsmall"):
        chosen = st.segmented_control(
            label,
            list(methods),
            default=next(iter(methods)),
            format_func=lambda name: _(methods[name][0]),
            key=key,
            required=True,
            persist_state="session",
        )
        st.caption(_(methods[chosen][1]))
    return chosen
