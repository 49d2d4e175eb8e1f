"""How much a mistake on an image of each class costs: the same, balanced, or as set by hand."""

from typing import Final

import numpy as np
import pandas as pd
import streamlit as st
from pydantic.fields import FieldInfo

from core.dataset.store import Dataset
from core.errors import RecipeError
from core.message import mark
from core.objective import ClassWeights, Training, weights_of
from core.objective.class_weights import Weight
from ui import session, shown_value, training_edits, value_form
from ui.markdown import plain
from ui.text import _, translate

_KINDS: Final = {"none": mark("None"), "balanced": mark("Balanced"), "by_hand": mark("By hand")}
_WEIGHT: Final = FieldInfo.from_annotation(Weight)
_ROW: Final = 32  # pixels of a row of the table
_ROWS_IN_SIGHT: Final = 5.5  # half of one tells that there are more
_FIELDS_IN_SIGHT: Final = 12
_FIELDS_HEIGHT: Final = 260  # pixels, where there are more: one scrolls to them


def show(class_weights: ClassWeights, dataset: Dataset) -> None:
    """Draws the choice; once there are weights, a table of them beside the images of each class, or a field each."""
    counts = _counts(dataset)
    kind = _kind(class_weights)
    key = training_edits.key("class_weights")
    shown_value.show(key, kind)
    st.segmented_control(
        _("Weights of the classes"),
        list(_KINDS),
        key=key,
        required=True,
        format_func=lambda name: _(_KINDS[name]),
        help=_(Training.model_fields["class_weights"].description or ""),
        on_change=lambda: _choose(st.session_state[key], dataset.class_names, counts),
    )
    if class_weights is None:
        return
    st.dataframe(
        table(dataset.class_names, counts),
        hide_index=True,
        height=round(_ROW * (min(len(counts), _ROWS_IN_SIGHT) + 1)) + 3,
        row_height=_ROW,
        column_config=_columns(),
        alt=_("Training images and balanced weight of each class"),
    )
    if len(set(counts)) == 1:
        st.caption(_("All classes have the same number of training images: balancing them changes nothing."))
    if isinstance(class_weights, dict):
        _show_unknown(class_weights, dataset.class_names)
        _show_fields(class_weights, dataset.class_names)


def table(class_names: tuple[str, ...], counts: tuple[int, ...]) -> pd.DataFrame:
    """One row per class: columns class_name, images (for training) and balanced, its weight then."""
    return pd.DataFrame(
        {"class_name": class_names, "images": counts, "balanced": weights_of("balanced", class_names, counts)}
    )


def by_hand(class_names: tuple[str, ...], counts: tuple[int, ...]) -> dict[str, float]:
    """Where weights by hand begin: at the balanced ones, in three digits."""
    balanced = weights_of("balanced", class_names, counts) or ()
    return {name: float(f"{weight:.3g}") for name, weight in zip(class_names, balanced, strict=True)}


def _kind(class_weights: ClassWeights) -> str:
    if class_weights is None:
        return "none"
    return class_weights if isinstance(class_weights, str) else "by_hand"


def _counts(dataset: Dataset) -> tuple[int, ...]:
    """Training images of each class."""
    labels = dataset.images["label"].to_numpy()[session.assignment().rows("train")]
    return tuple(np.bincount(labels, minlength=len(dataset.class_names)).tolist())


def _choose(kind: str, class_names: tuple[str, ...], counts: tuple[int, ...]) -> None:
    begun = {"none": None, "balanced": "balanced", "by_hand": by_hand(class_names, counts)}
    training_edits.change(class_weights=begun[kind])


def _show_fields(weights: dict[str, float], class_names: tuple[str, ...]) -> None:
    height = _FIELDS_HEIGHT if len(class_names) > _FIELDS_IN_SIGHT else "content"
    generation = session.generation()
    with st.container(height=height, border=False), st.grid(4, min_column_width=80, gap="xsmall"):
        for label, name in enumerate(class_names):
            value_form.show_field(
                plain(name),
                _WEIGHT,
                weights.get(name, 1.0),
                training_edits.key(f"class_weight_{label}"),
                lambda _label, weight, name=name: _weigh(generation, name, weight),
            )


def _weigh(generation: int, name: str, weight: float) -> None:
    now = session.draft().training.class_weights
    if generation == session.generation() and isinstance(now, dict):
        training_edits.change(class_weights=now | {name: weight})


def _show_unknown(weights: dict[str, float], class_names: tuple[str, ...]) -> None:
    """Weights that came with a recipe of other images."""
    try:
        weights_of(weights, class_names, [0] * len(class_names))
    except RecipeError as error:
        st.error(plain(translate(error.message)), icon=":material/error:")
        st.button(
            _("Leave out the classes that are not there"),
            key="class_weights_form_forget",
            icon=":material/build:",
            on_click=_forget_unknown,
            args=(class_names,),
            wrap=True,
        )


def _forget_unknown(class_names: tuple[str, ...]) -> None:
    now = session.draft().training.class_weights
    if isinstance(now, dict):
        training_edits.change(class_weights={name: weight for name, weight in now.items() if name in class_names})


def _columns() -> dict:
    column = st.column_config
    return {
        "class_name": column.TextColumn(_("Class")),
        "images": column.NumberColumn(_("Training images"), format="localized"),
        "balanced": column.NumberColumn(_("Balanced weight"), format="%.3f"),
    }
