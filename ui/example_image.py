"""One of the user's own training images, at the size of the recipe, to show things on."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from core.dataset.store import pixels
from core.recipe import Recipe
from ui import session
from ui.image_titles import titles
from ui.markdown import plain
from ui.text import _
from ui.thumbnails import spread

_TURN = "example_image_turn"
_CHOICES = 200


@dataclass(frozen=True, eq=False)
class Example:
    """``row`` is its place in the dataset, ``title`` its class or its number; ``pixels`` are uint8 (height, width,
    channels)."""

    row: int
    title: str
    pixels: np.ndarray


def show(recipe: Recipe) -> Example:
    """Draws the class or the number of the image and a button for another one; the classes come in turn."""
    dataset = session.needed_dataset()
    rows = session.assignment().rows("train")
    labels = dataset.images["label"].to_numpy()
    choices = rows[spread(labels[rows], _CHOICES)]
    turn = st.session_state.get(_TURN, 0)
    row = int(choices[turn % len(choices)])
    (title,) = titles(dataset, [row])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_("A training image of {name}").format(name=plain(title)), width="stretch")
        st.button(
            _("Another image"), key="example_image_next", type="tertiary", icon=":material/shuffle:", on_click=_turn
        )
    return Example(row, title, pixels(dataset, recipe.image)[row])


def _turn() -> None:
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
