"""One of the user's own training images, at the size of the recipe, to show things on."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from core.dataset.store import pixels
from core.recipe import Recipe
from ui import session
from ui.markdown import plain
from ui.text import _
from ui.thumbnails import spread

_TURN = "example_image_turn"
_CHOICES = 200


@dataclass(frozen=True, eq=False)
class Example:
    """``row`` is its place in the dataset; ``pixels`` are uint8 (height, width, channels)."""

    row: int
    class_name: str
    pixels: np.ndarray


def show(recipe: Recipe) -> Example:
    """Draws the class of the image and a button for another one; the classes come in turn."""
    dataset = session.needed_dataset()
    rows = session.assignment().rows("train")
    labels = dataset.images["label"].to_numpy()
    choices = rows[spread(labels[rows], _CHOICES)]
    turn = st.session_state.get(_TURN, 0)
    row = int(choices[turn % len(choices)])
    class_name = dataset.class_names[labels[row]]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_("A training image of {name}").format(name=plain(class_name)), width="stretch")
        st.button(
            _("Another image"), key="example_image_next", type="tertiary", icon=":material/shuffle:", on_click=_turn
        )
    return Example(row, class_name, pixels(dataset, recipe.image)[row])


def _turn() -> None:
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
