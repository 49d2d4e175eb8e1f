"""Images reduced to what a cue sees of them."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import streamlit as st

from core.dataset.store import Dataset, pixels
from core.evaluation.simple_methods.cues import is_border
from core.evaluation.simple_methods.shortcuts import Shortcuts
from core.runs.run import Run
from ui import image_wall
from ui.charts import cue_values
from ui.markdown import plain
from ui.numbers import quantity
from ui.text import _
from ui.thumbnails import spread

_SIDE = 72
_IMAGES = 24
_SORTED = 12
_HIDDEN = 128  # grey level of what the cue does not see
_PATCH = 8  # pixels


@st.fragment
def show(shortcuts: Shortcuts, run: Run, dataset: Dataset) -> None:
    """Lets a person choose a cue and draws what it sees; that of the strongest suspicion first."""
    st.subheader(_("What a cue sees"), anchor=False)
    names = list(shortcuts.of)
    first = shortcuts.suspected[0].name if shortcuts.suspected else names[0]
    chosen = st.segmented_control(
        _("Cue"),
        names,
        default=first,
        required=True,
        key="cue_examples_cue",
        format_func=lambda name: _(shortcuts.of[name].cue.title),
        label_visibility="collapsed",
    )
    _VIEWS[chosen](chosen, shortcuts, run, dataset)


def _border(_name: str, shortcuts: Shortcuts, run: Run, dataset: Dataset) -> None:
    images = pixels(dataset, run.recipe.image)
    inside = ~is_border(*images.shape[1:3])
    positions = _by_class(shortcuts.truth)
    shown = [
        np.where(inside[..., np.newaxis], _HIDDEN, images[shortcuts.rows[at]]).astype(np.uint8) for at in positions
    ]
    _draw_wall(shown, [dataset.class_names[shortcuts.truth[at]] for at in positions])
    st.caption(_("Only the border of each image; what is inside is gray."))


def _colour_patches(name: str, shortcuts: Shortcuts, _run: Run, dataset: Dataset) -> None:
    labels = _shown_labels(shortcuts, dataset)
    colours = np.rint(255 * shortcuts.values[name]).astype(np.uint8)
    positions = _by_class(labels)
    patches = [np.broadcast_to(colours[at], (_PATCH, _PATCH, colours.shape[1])) for at in positions]
    _draw_wall(patches, [dataset.class_names[labels[at]] for at in positions])
    st.caption(_("Each image as the one colour that is the mean of its pixels."))


def _one_number(name: str, shortcuts: Shortcuts, _run: Run, dataset: Dataset) -> None:
    unit = shortcuts.of[name].cue.unit
    rows = cue_values.table(shortcuts.values[name][:, 0], _shown_labels(shortcuts, dataset), dataset.class_names)
    text = cue_values.sentence(rows)
    st.altair_chart(cue_values.chart(rows, _(unit)), alt=text, width="stretch")
    st.markdown(text)
    st.caption(
        _("The bar holds the middle half of the images of a class, the tick is the median, the line all of them.")
    )
    with st.expander(_("As a table"), key="cue_examples_table", type="compact"):
        st.dataframe(rows.rename(columns=cue_values.titles()), hide_index=True, alt=text)


def _sharpness(name: str, shortcuts: Shortcuts, run: Run, dataset: Dataset) -> None:
    _one_number(name, shortcuts, run, dataset)
    sharpness = shortcuts.values[name][:, 0]
    order = np.argsort(sharpness, kind="stable")
    chosen = order[np.linspace(0, len(order) - 1, min(_SORTED, len(order))).round().astype(int)]
    images = pixels(dataset, run.recipe.image)
    labels = _shown_labels(shortcuts, dataset)
    captions = [f"{plain(dataset.class_names[labels[at]])} · {quantity(round(sharpness[at], 2))}" for at in chosen]
    _draw_wall(
        [images[shortcuts.shown_rows[at]] for at in chosen],
        [dataset.class_names[labels[at]] for at in chosen],
        captions,
    )
    st.caption(_("From the most blurred image to the crispest."))


_VIEWS: Final[Mapping[str, Callable[[str, Shortcuts, Run, Dataset], None]]] = {
    "border": _border,
    "file_size": _one_number,
    "aspect_ratio": _one_number,
    "mean_colour": _colour_patches,
    "blur": _sharpness,
}


def _shown_labels(shortcuts: Shortcuts, dataset: Dataset) -> np.ndarray:
    return dataset.images["label"].to_numpy()[shortcuts.shown_rows]


def _by_class(labels: np.ndarray) -> list[int]:
    """Positions of some images of all classes, class by class."""
    return sorted(spread(labels, _IMAGES), key=lambda at: (labels[at], at))


def _draw_wall(images: list[np.ndarray], class_names: list[str], captions: list[str] | None = None) -> None:
    image_wall.show(images, side=_SIDE, alts=class_names, captions=captions or [plain(name) for name in class_names])
