"""A few images of each part, side by side."""

import streamlit as st

from core.dataset.store import Dataset, pixels
from core.split import PARTS, Assignment
from ui import image_wall
from ui.image_titles import titles
from ui.parts import part_badge, part_title
from ui.text import _
from ui.thumbnails import spread

_COUNT = 12
_SIDE = 52


def show(dataset: Dataset, assignment: Assignment) -> None:
    """Draws up to twelve images of each part, from different classes."""
    images = pixels(dataset, dataset.image_size)
    labels = dataset.images["label"].to_numpy()
    with st.grid(len(PARTS), min_column_width=230, gap="medium"):
        for part in PARTS:
            rows = assignment.rows(part)
            chosen = rows[spread(labels[rows], _COUNT)]
            with st.container(gap="xsmall"):
                st.markdown(part_badge(part))
                alts = [_example(part, title) for title in titles(dataset, chosen)]
                image_wall.show([images[row] for row in chosen], side=_SIDE, alts=alts)


def _example(part: str, title: str) -> str:
    return _("{part}: {name}").format(part=part_title(part), name=title)
