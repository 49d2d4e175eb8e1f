"""Nets to start from. The one that is chosen replaces all layers; undo brings them back."""

import streamlit as st

from core.architecture import Layer
from core.architecture.templates import TEMPLATES, template_layers
from core.objective import with_fitting_output
from core.recipe import Recipe
from ui import layer_edits, layer_list, shown_value
from ui.text import _

_KEY = "template_choice"


def show(recipe: Recipe, classes: int) -> None:
    """Draws the templates, with the one marked whose layers these are."""
    nets = {name: with_fitting_output(template_layers(name), recipe.training.loss, classes) for name in TEMPLATES}
    shown_value.show(_KEY, next((name for name, layers in nets.items() if layers == recipe.layers), None))
    st.segmented_control(
        _("Start from"),
        list(nets),
        key=_KEY,
        format_func=lambda name: _(TEMPLATES[name].title),
        help="\n".join(f"- **{_(template.title)}**: {_(template.summary)}" for template in TEMPLATES.values()),
        on_change=_replace,
        args=(nets,),
    )


def _replace(nets: dict[str, tuple[Layer, ...]]) -> None:
    name = st.session_state[_KEY]
    if name is None:  # the marked one was clicked: its layers are there already
        return
    layer_list.open_layer(0)
    layer_edits.replace_all(nets[name])
