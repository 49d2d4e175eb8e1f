"""Relabelling and removing judged images: that makes a new version of the project's images, which can be undone."""

from collections.abc import Collection
from dataclasses import dataclass

import streamlit as st

from core.dataset.editing import Relabel, RemoveImages
from core.message import mark
from ui import image_edits
from ui.judging.judged_images import JudgedImages
from ui.text import _


@dataclass(frozen=True)
class Titles:
    """What the buttons say, to be translated; ``name`` tells their keys apart."""

    name: str
    remove: str
    relabel: str
    class_name: str


OF_CHOSEN = Titles("chosen", mark("Remove chosen"), mark("Relabel chosen"), mark("Class for the chosen images"))
OF_OPENED = Titles("opened", mark("Remove this image"), mark("Relabel this image"), mark("Class for this image"))


def show_note(judged: JudgedImages) -> None:
    """Says that the project has other images than the run was judged on, where that is so."""
    if not judged.is_current:
        st.info(
            _(
                "The images of this project were changed since this run began. The run was judged on the version "
                "before, so its figures stay as they are; the next run uses the new version. Changes can be undone on "
                "Quality."
            ),
            icon=":material/history:",
        )


def show(judged: JudgedImages, places: Collection[int], titles: Titles, *, field: str = "") -> None:
    """Draws what can be done with the images at ``places`` of the project's dataset. Another ``field`` begins with no
    class chosen."""
    current = judged.current
    paths = tuple(current.images["path"].iloc[sorted(places)])
    place = f"{judged.name}_{titles.name}"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if not current.predicts_numbers:
            key = f"case_actions_class_{titles.name}{field}_{current.id}"
            class_name = image_edits.choose_class(current, _(titles.class_name), key=key)
            edit = Relabel(paths, class_name) if class_name else None
            image_edits.button(_(titles.relabel), "label", f"case_actions_relabel_{titles.name}", current, place, edit)
        key = f"case_actions_remove_{titles.name}"
        image_edits.button(_(titles.remove), "delete", key, current, place, RemoveImages(paths))
    image_edits.show_refusal(place)
    if judged.evaluation.part == "test":
        st.caption(
            _(
                "These are test images. With other labels, or without some of them, test figures of later runs cannot "
                "be compared with this one any more."
            )
        )
