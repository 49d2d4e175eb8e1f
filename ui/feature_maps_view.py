"""The output of a layer for one of the user's own images, of an untrained or a trained net."""

from functools import partial

import streamlit as st

from core.architecture import Place, Readout
from core.recipe import Recipe
from core.runs import inspections
from core.runs import store as runs
from core.runs.feature_maps import FeatureMaps
from core.runs.inspections import Inspection
from core.runs.run import Run
from ui import example_image, feature_maps_picture, image_wall, inspection_wait, session
from ui.example_image import Example
from ui.text import _

_ASKED = "feature_maps_view_asked"
_NET = "feature_maps_view_net"
_UNTRAINED = "untrained"


def show(recipe: Recipe, readout: Readout) -> None:
    """Draws the choice of net and image, the button that asks, and the maps that were asked for."""
    if readout.output_shape is None or readout.layer.disabled:
        st.caption(
            _("This layer's maps can be shown as soon as it is on and works, and so does every layer before it.")
        )
        return
    if not len(session.assignment().rows("train")):
        st.caption(_("The split leaves no training image to show this on."))
        return
    run = _choose_net(recipe, readout.place)
    example = example_image.show(recipe)
    image_wall.show([example.pixels], side=feature_maps_picture.SIDE, alts=[example.title])
    _show_answer(run.recipe if run else recipe, readout.place, example, run)


def _choose_net(recipe: Recipe, place: Place) -> Run | None:
    """The trained run whose maps are shown; None for an untrained net. Only runs with the same layers so far fit."""
    trained = {
        run.id: run for run in runs.of_project(session.database(), session.project().id) if _fits(run, recipe, place)
    }
    if not trained:
        st.caption(_("Of an untrained net. Once a run with these layers is trained, its maps can be shown too."))
        return None
    chosen = st.selectbox(
        _("Net"),
        [_UNTRAINED, *trained],
        key=_NET,
        format_func=lambda each: (
            _("Untrained") if each == _UNTRAINED else _("Run {number}").format(number=trained[each].number)
        ),
    )
    return trained.get(chosen)


def _fits(run: Run, recipe: Recipe, place: Place) -> bool:
    end = place[0] + 1
    return run.state.is_trained and run.recipe.image == recipe.image and run.recipe.layers[:end] == recipe.layers[:end]


def _show_answer(recipe: Recipe, place: Place, example: Example, run: Run | None) -> None:
    question = (recipe, session.needed_dataset().id, example.row, place, run and run.id)
    asked, inspection_id = st.session_state.get(_ASKED, (None, None))
    if asked == question:
        inspection_wait.show(inspection_id, _draw, partial(_ask, *question))
        return
    st.button(_("Show the maps"), key="feature_maps_view_ask", icon=":material/grid_on:", on_click=_ask, args=question)


def _ask(recipe: Recipe, dataset_id: str, row: int, place: Place, run_id: str | None) -> None:
    inspection = inspections.ask_feature_maps(session.database(), recipe, dataset_id, row, place, run_id)
    st.session_state[_ASKED] = ((recipe, dataset_id, row, place, run_id), inspection.id)


def _draw(inspection: Inspection) -> None:
    asked = inspection.payload
    is_output = len(asked["recipe"]["layers"]) - 1 == asked["place"][0]
    feature_maps_picture.show(FeatureMaps.read(inspection), session.needed_dataset().class_names if is_output else ())
