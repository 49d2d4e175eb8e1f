"""What each layer of a run's net makes of one image, and the filters that it does so with."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
import streamlit as st

from core.architecture import Place, Readout
from core.architecture.convolution2d import Convolution2D
from core.architecture.layers.conv2d import Conv2D
from core.evaluation.inside.filter_tiles import FilterTiles
from core.evaluation.inside.layer_maps import layer_outputs
from core.runs import store as runs
from core.runs.epoch_weights import kept_epochs, kernel_of
from core.runs.feature_maps import FeatureMaps
from core.runs.inspections import InspectionError
from core.runs.run import Run
from ui import feature_maps_picture, filter_wall, session
from ui.judging.looking.layer_choice import title
from ui.markdown import plain
from ui.text import _, translate

_POSITION = "layer_by_layer_position"


@st.fragment
def show(run: Run, image: np.ndarray, class_names: Sequence[str]) -> None:
    """Draws a slider over the layers and, for the one it stands at, its maps of ``image``, uint8 (height, width,
    channels), and its filters."""
    readouts = [each for each in run.recipe.summary().readouts if not each.layer.disabled]
    positions = range(len(readouts))
    if st.session_state.get(_POSITION) not in positions:
        st.session_state[_POSITION] = 0
    position = st.select_slider(
        _("Layer, from the image to the answer"),
        positions,
        format_func=lambda each: title(readouts[each]),
        key=_POSITION,
        persist_state="session",
    )
    readout = readouts[position]
    _show_maps(run, readout.place, image, class_names if position == positions[-1] else ())
    if isinstance(readout.layer, Convolution2D):
        subtitle = _("Its filters")
        st.markdown(f"**{subtitle}**")
        _show_filters(run, readout)


def tiles(run: Run, epoch: int, readout: Readout) -> FilterTiles:
    """The filters of a convolution after ``epoch``."""
    folder = runs.run_folder(session.workspace(), run.id)
    return _tiles(folder, run.finished_at, epoch, readout.place, not isinstance(readout.layer, Conv2D))


def _show_maps(run: Run, place: Place, image: np.ndarray, class_names: Sequence[str]) -> None:
    model = runs.run_folder(session.workspace(), run.id) / "model.tflite"
    try:
        maps = FeatureMaps.of(layer_outputs(model, run.recipe.layers, image)[place])
    except InspectionError as error:
        st.warning(plain(translate(error.message)), icon=":material/warning:")
        return
    feature_maps_picture.show(maps, class_names)


def _show_filters(run: Run, readout: Readout) -> None:
    """Those that the model has: of the epoch that was kept, or of the last one."""
    folder = runs.run_folder(session.workspace(), run.id)
    epochs = kept_epochs(folder)
    if not epochs:
        st.caption(no_weights())
        return
    epoch = run.kept_epoch if run.kept_epoch in epochs else epochs[-1]
    filter_wall.show(tiles(run, epoch, readout))


@st.cache_resource(max_entries=128, show_spinner=False)
def _tiles(folder: Path, finished_at: datetime | None, epoch: int, place: Place, is_depthwise: bool) -> FilterTiles:
    """``finished_at`` is another one when the run has gone on."""
    kernel = kernel_of(folder, epoch, place)
    assert kernel is not None, "a convolution has one"
    return FilterTiles.of(kernel, is_depthwise=is_depthwise)


def no_weights() -> str:
    """Why a run has nothing to look back at."""
    return _(
        "This run keeps no weights of its epochs: it was trained before Layerlab kept them. Train it once more to see "
        "them."
    )
