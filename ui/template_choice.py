"""Nets to start from. The one that is chosen replaces all layers; undo brings them back."""

import streamlit as st

from core.architecture import Layer
from core.architecture.templates import TEMPLATES, template_layers
from core.objective import with_fitting_output
from core.recipe import Recipe
from ui import layer_edits, opened_layer, session
from ui.text import _

_KEY = "template_choice"


def show(recipe: Recipe, classes: int) -> None:
    """Draws the menu of nets, and which of them these layers are."""
    with st.container(horizontal=True, vertical_alignment="center", width="content", gap="small"):
        st.menu_button(
            _("Start from a net"),
            list(TEMPLATES),
            key=_KEY,
            icon=":material/account_tree:",
            format_func=_option,
            on_click=_replace,
        )
        now = next((name for name in TEMPLATES if _net(name, recipe, classes) == recipe.layers), None)
        if now is not None:
            st.caption(_("now: {net}").format(net=_(TEMPLATES[now].title)), width="content")


def _option(name: str) -> str:
    return f"**{_(TEMPLATES[name].title)}** :small[{_(TEMPLATES[name].summary)}]"


def _net(name: str, recipe: Recipe, classes: int) -> tuple[Layer, ...]:
    return with_fitting_output(template_layers(name), recipe.training.loss, classes)


def _replace() -> None:
    classes = len(session.needed_dataset().class_names)
    opened_layer.open_at((0,))
    layer_edits.replace_all(_net(st.session_state[_KEY], session.draft(), classes))
