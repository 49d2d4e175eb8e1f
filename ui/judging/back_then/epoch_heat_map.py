"""Where a net looked in one image after one epoch."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from core.architecture import Place
from core.dataset.store import Dataset, pixels
from core.evaluation import Judged
from core.runs.heat_maps import HeatMaps
from core.runs.inspections import Inspection, ask_heat_maps
from core.runs.run import Run
from ui import inspection_wait, session
from ui.judging.looking import class_choice, heat_map, image_choice, layer_choice
from ui.numbers import percent
from ui.text import _

_KEY = "epoch_heat_map"
_ASKED = "epoch_heat_map_asked"


def show(evaluation: Judged, run: Run, dataset: Dataset, epoch: int) -> None:
    """Draws the choice of an image, a class and a layer, the button that asks for all epochs, and the map after
    ``epoch``. The images are those of ``evaluation``, which is of the finished model."""
    readouts = layer_choice.with_maps(run.recipe.summary())
    if not readouts:
        st.caption(heat_map.no_maps())
        return
    with st.grid(2, min_column_width=370, gap="medium") as grid:
        map_cell, choice_cell = grid.cell(), grid.cell()
        with choice_cell:
            row = image_choice.show(evaluation, _KEY)
            class_index = class_choice.show(row, dataset.class_names, _KEY)
            place = layer_choice.show(readouts, f"{_KEY}_layer").place
        with map_cell:
            _show_answer(run, dataset, (row.row, place, class_index), epoch)


def _show_answer(run: Run, dataset: Dataset, chosen: tuple[int, Place, int], epoch: int) -> None:
    asked, inspection_id = st.session_state.get(_ASKED, (None, None))
    ask = partial(_ask, run.id, chosen)
    if asked == (run.id, *chosen):
        inspection_wait.show(inspection_id, partial(_draw, run, dataset, chosen, epoch), ask)
        return
    st.caption(_("The map is made for every kept epoch at once; then it follows the slider."))
    st.button(_("Show where it looked"), key="epoch_heat_map_ask", icon=":material/visibility:", on_click=ask)


def _ask(run_id: str, chosen: tuple[int, Place, int]) -> None:
    inspection = ask_heat_maps(session.database(), run_id, *chosen, epochs="all")
    st.session_state[_ASKED] = ((run_id, *chosen), inspection.id)


def _draw(run: Run, dataset: Dataset, chosen: tuple[int, Place, int], epoch: int, inspection: Inspection) -> None:
    heat = HeatMaps.read(inspection).on_one_scale()
    if epoch not in heat.epochs:
        st.caption(_("There is no map after this epoch."))
        return
    row, _place, class_index = chosen
    image = pixels(dataset, run.recipe.image)[row]
    position = heat.epochs.index(epoch)
    heat_map.draw(run, image, class_index, heat, position, _KEY)
    st.caption(strength(heat.peaks, position))


def strength(peaks: Sequence[float], position: int) -> str:
    """How warm the map at ``position`` is beside the others: all have one scale."""
    return _(
        "All epochs have one scale. The warmest place after this one has {share} of the warmth of the warmest after "
        "any."
    ).format(share=percent(peaks[position] / (max(peaks) or 1)))
