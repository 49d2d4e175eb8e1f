"""What can be done with the chosen images of a finding."""

from collections.abc import Collection

import streamlit as st

from core.dataset.editing import Relabel, RemoveImages, SetValue
from core.dataset.store import Dataset
from ui import image_edits
from ui.text import _


def show(dataset: Dataset, kind: str, positions: Collection[int]) -> None:
    """Draws the changes of the images at ``positions``, which were chosen at that kind of finding."""
    if not positions:
        st.caption(_("Choose images to remove them or to give them another label."))
        return
    paths = tuple(dataset.images["path"].iloc[sorted(positions)])
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _show_removal(dataset, kind, paths)
        if dataset.predicts_numbers:
            _show_number(dataset, kind, paths)
        else:
            _show_class(dataset, kind, paths)
    image_edits.show_refusal(kind)


def _show_removal(dataset: Dataset, kind: str, paths: tuple[str, ...]) -> None:
    image_edits.button(
        _("Remove chosen"), "delete", f"quality_actions_remove_{kind}", dataset, kind, RemoveImages(paths)
    )


def _show_class(dataset: Dataset, kind: str, paths: tuple[str, ...]) -> None:
    class_name = image_edits.choose_class(
        dataset, _("Class for the chosen images"), key=f"quality_actions_class_{kind}_{dataset.id}"
    )
    edit = Relabel(paths, class_name) if class_name else None
    image_edits.button(_("Relabel chosen"), "label", f"quality_actions_relabel_{kind}", dataset, kind, edit)


def _show_number(dataset: Dataset, kind: str, paths: tuple[str, ...]) -> None:
    value = st.number_input(
        _("Number for the chosen images"),
        value=None,
        placeholder=_("Number for the chosen images"),
        format="%g",
        label_visibility="collapsed",
        width=280,
        key=f"quality_actions_value_{kind}_{dataset.id}",
    )
    edit = SetValue(paths, value) if value is not None else None
    image_edits.button(_("Give the chosen this number"), "label", f"quality_actions_set_{kind}", dataset, kind, edit)
