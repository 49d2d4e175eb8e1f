"""What was changed of the images when they were stored: turned upright, rid of notes, reduced to a first frame."""

import streamlit as st

from core.dataset.store import Dataset
from ui.text import ngettext


def show(dataset: Dataset) -> None:
    """Says it of as many images as it is true of; draws nothing where there are none."""
    for sentence in sentences(dataset):
        st.caption(f":material/info: {sentence}")


def sentences(dataset: Dataset) -> list[str]:
    """One for each thing that was done."""
    cleaned = int(dataset.images["cleaned"].sum())
    animated = int((dataset.images["frames"] > 1).sum())
    told = []
    if cleaned:
        told.append(
            ngettext(
                "Notes such as place, time or device were removed from {count} image. Where they said that it has to "
                "be turned, it stands upright now.",
                "Notes such as place, time or device were removed from {count:,} images. Those of which the notes said "
                "that they have to be turned stand upright now.",
                cleaned,
            ).format(count=cleaned)
        )
    if animated:
        told.append(
            ngettext(
                "{count} image is animated or has several pages: its first frame is used.",
                "{count:,} images are animated or have several pages: the first frame of each is used.",
                animated,
            ).format(count=animated)
        )
    return told
