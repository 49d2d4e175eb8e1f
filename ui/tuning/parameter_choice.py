"""Which settings of the draft are searched: those of the training and the augmentation at a glance, those of the layers
in a list, since there may be many."""

from collections.abc import Sequence
from typing import Final
from zlib import crc32

import streamlit as st

from core.recipe import Recipe
from core.tuning import Suggestion, suggestions
from ui.text import _
from ui.tuning.names import heading_of

FIRST: Final = ("training.optimizer.learning_rate",)
"""What is searched unless somebody says otherwise: it matters most."""
_LAYERS: Final = "layers."


def choose(recipe: Recipe, prefix: str) -> list[Suggestion]:
    """Draws the choice and returns what is chosen, in the order in which it is offered; keys begin with ``prefix``."""
    offered = _offered(recipe)
    of_layers = [each for each in offered if each.path.startswith(_LAYERS)]
    of_training = [each for each in offered if each not in of_layers]
    titles = {each.path: heading_of(each.path, recipe) for each in offered}
    paths = [each.path for each in of_training]
    chosen = st.pills(
        _("Training and augmentation"),
        paths,
        selection_mode="multi",
        default=[path for path in paths if path in FIRST],
        key=f"{prefix}_training_{_mark(paths)}",
        format_func=titles.__getitem__,
        wrap=True,
        persist_state="session",
    )
    if of_layers:
        chosen = [*chosen, *_choose_of_layers([each.path for each in of_layers], titles, prefix)]
    return [each for each in offered if each.path in chosen]


def _choose_of_layers(paths: Sequence[str], titles: dict[str, str], prefix: str) -> list[str]:
    return st.multiselect(
        _("Layers"),
        paths,
        key=f"{prefix}_layers_{_mark(paths)}",
        format_func=titles.__getitem__,
        placeholder=_("Filters, units, kernels, dropout, layers left out or not"),
        persist_state="session",
    )


@st.cache_data(max_entries=8, show_spinner=False, hash_funcs={Recipe: Recipe.model_dump_json})
def _offered(recipe: Recipe) -> list[Suggestion]:
    return suggestions(recipe)


def _mark(paths: Sequence[str]) -> int:
    """Where other settings are offered, the choice begins anew: a path that stays may be of another layer."""
    return crc32(" ".join(paths).encode())
