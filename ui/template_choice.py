"""Nets to start from; what they replace can be brought back."""

import streamlit as st

from core.architecture import Layer
from core.architecture.templates import TEMPLATES, template_layers
from core.objective import with_fitting_output
from core.recipe import Recipe
from ui import layer_list, session
from ui.text import _

_REPLACED = "template_choice_replaced"


def show(recipe: Recipe, classes: int) -> None:
    """Draws a button for each template, and one that brings the replaced layers back."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":gray[{_('Start from')}]", width="content")
        for name, template in TEMPLATES.items():
            layers = with_fitting_output(template_layers(name), recipe.training.loss, classes)
            st.button(
                _(template.title),
                key=f"template_choice_{name}",
                help=_(template.summary),
                disabled=layers == recipe.layers,
                on_click=_replace,
                args=(layers,),
            )
        if _replaced():
            st.button(
                _("Bring back the layers before"),
                key="template_choice_undo",
                icon=":material/undo:",
                type="tertiary",
                on_click=_bring_back,
            )


def _replaced() -> tuple[Layer, ...] | None:
    """The layers that the last template replaced, in this session and project."""
    project_id, content = st.session_state.get(_REPLACED, (None, None))
    if project_id != session.project().id:
        return None
    return session.draft().model_validate(content).layers


def _replace(layers: tuple[Layer, ...]) -> None:
    st.session_state[_REPLACED] = (session.project().id, session.draft().model_dump())
    layer_list.select(0)
    session.save_draft(session.draft().model_copy(update={"layers": layers}))


def _bring_back() -> None:
    layers = _replaced()
    st.session_state.pop(_REPLACED)
    session.save_draft(session.draft().model_copy(update={"layers": layers}))
