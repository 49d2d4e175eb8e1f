"""Where a net looks in one image when it says a class: Grad-CAM, asked for and drawn."""

import hashlib
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from core.dataset.store import pixels
from core.evaluation.trying.prediction import Answer, PredictedNumber, answers
from core.runs.datasets import dataset_summary
from core.runs.decisions import decision
from core.runs.heat_maps import HeatMaps
from core.runs.inspections import Inspection, ask_heat_maps
from core.runs.run import Run
from ui import session
from ui.judging.looking import heat_map_picture, layer_choice, single_question
from ui.markdown import plain
from ui.numbers import percent, quantity
from ui.text import _

_BANDS = 3
_NOTHING = 1e-6


def show(run: Run, image: int | np.ndarray, class_index: int, key: str) -> None:
    """Draws the choice of a layer, and where in its maps is what speaks for a class.

    ``image`` is a row of the dataset of ``run`` or, uint8 (height, width, channels), pixels at the size that its net
    takes. ``class_index`` is 0 for a net that predicts numbers. ``key`` tells this map from others on the screen.
    """
    readouts = layer_choice.with_maps(run.recipe.summary())
    if not readouts:
        st.caption(no_maps())
        return
    place = layer_choice.show(readouts, f"heat_map_layer_{key}").place
    single_question.show(
        f"heat_map_asked_{key}",
        (run.id, _fingerprint(image), place, class_index),
        partial(ask_heat_maps, session.database(), run.id, image, place, class_index),
        partial(_draw, run, image, class_index, key),
    )


def draw(run: Run, image: np.ndarray, class_index: int, heat: HeatMaps, position: int, key: str) -> None:
    """Draws the map at ``position`` of ``heat`` over ``image``, uint8 (height, width, channels), with what is to be
    said of it and its table."""
    names = dataset_summary(session.database(), run.dataset_id).class_names
    (answer,) = answers(heat.probabilities[[position]], names, decision(session.database(), run.id))
    text = sentence(run, answer, class_index, is_empty=not heat.peaks[position])
    shares = table(heat.maps[position])
    heat_map_picture.show(image, heat.maps[position], key=key, alt=f"{text} {warmest(shares)}".replace("*", ""))
    st.markdown(text)
    with st.expander(_("As a table"), key=f"heat_map_table_{key}", type="compact"):
        st.dataframe(
            100 * shares,
            column_config={column: st.column_config.NumberColumn(format="%.0f%%") for column in shares.columns},
            alt=_("Which part of the image has how much of the warmth"),
            width="content",
        )
        st.caption(warmest(shares))


def no_maps() -> str:
    """Why there is nothing to show of a net without maps."""
    return _("No layer of this net has maps: from its first layer on it does not know where in the image something is.")


def caution(cells: tuple[int, int]) -> str:
    """What a heat map does not tell; ``cells`` are the height and width of the layer's own maps."""
    height, width = cells
    return _(
        "The map says where the net looks, not why, and no finer than the {height} × {width} cells of this layer. Maps "
        "of some methods look convincing even for a net with random weights; Grad-CAM passed that test "
        "([Adebayo et al., 2018](https://arxiv.org/abs/1810.03292)), but one map is still no proof."
    ).format(height=height, width=width)


def sentence(run: Run, answer: Answer, class_index: int, *, is_empty: bool) -> str:
    """What the net answers and what the warm places are, in Markdown; ``is_empty`` is a map of zeros."""
    if isinstance(answer, PredictedNumber):
        text = _("Run {number} reads **{value}** off this image.").format(
            number=run.number, value=quantity(answer.value)
        )
        return f"{text} {_of_number(is_empty=is_empty)}"
    name = plain(answer.class_names[class_index])
    return f"{_answer(run, answer, class_index)} {_of_class(name, is_empty=is_empty)}"


def table(heat: np.ndarray) -> pd.DataFrame:
    """The share of all warmth of ``heat``, (height, width), that lies in each ninth of the image."""
    bands = [np.array_split(row, _BANDS, axis=1) for row in np.array_split(heat, _BANDS, axis=0)]
    sums = np.array([[float(part.sum()) for part in row] for row in bands])
    shares = sums / max(sums.sum(), _NOTHING)
    return pd.DataFrame(
        shares,
        index=[_("top"), _("middle"), _("bottom")],
        columns=[_("left"), _("centre"), _("right")],
    )


def warmest(shares: pd.DataFrame) -> str:
    """The ninth that has most of the warmth, in words; ``shares`` as of `table`."""
    row, column = np.unravel_index(int(shares.to_numpy().argmax()), shares.shape)
    share = shares.iloc[row, column]
    if not share:
        return _("No place is warm.")
    return _("Most of the warmth, {share}, is here: {row} {column}.").format(
        share=percent(share, 0), row=shares.index[row], column=shares.columns[column]
    )


def _draw(run: Run, image: int | np.ndarray, class_index: int, key: str, inspection: Inspection) -> None:
    heat = HeatMaps.read(inspection)
    draw(run, _pixels(run, image), class_index, heat, 0, key)
    st.caption(caution(heat.cells))


def _pixels(run: Run, image: int | np.ndarray) -> np.ndarray:
    if isinstance(image, np.ndarray):
        return image
    return pixels(session.dataset_of(run.dataset_id), run.recipe.image)[image]


def _fingerprint(image: int | np.ndarray) -> int | str:
    return hashlib.sha256(image.tobytes()).hexdigest() if isinstance(image, np.ndarray) else image


def _answer(run: Run, answer: Answer, class_index: int) -> str:
    likeliest = plain(answer.class_names[answer.likeliest])
    if class_index == answer.likeliest:
        return _("Run {number} calls this **{name}** with {share}.").format(
            number=run.number, name=likeliest, share=percent(answer.confidence)
        )
    return _("Run {number} calls this **{name}** with {share}, and gives **{other}** {other_share}.").format(
        number=run.number,
        name=likeliest,
        share=percent(answer.confidence),
        other=plain(answer.class_names[class_index]),
        other_share=percent(answer.probabilities[class_index]),
    )


def _of_class(name: str, *, is_empty: bool) -> str:
    if is_empty:
        return _("By this measure nothing in this layer spoke for {name}: the map is 0 everywhere.").format(name=name)
    return _("The warm places spoke for {name} most.").format(name=name)


def _of_number(*, is_empty: bool) -> str:
    if is_empty:
        return _("By this measure nothing in this layer raised that number: the map is 0 everywhere.")
    return _("The warm places raised that number most.")
