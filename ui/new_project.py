"""Beginning a project: from a sample set, or empty for images of one's own."""

from collections.abc import Collection
from itertools import count
from typing import NoReturn

import streamlit as st

from core.dataset.sources import SAMPLES
from core.runs import intakes, projects
from ui import session
from ui.text import _

IMAGES_PAGE = "pages/data/images.py"


def begin_with_sample(sample: str) -> NoReturn:
    """Makes a project, begins to take in the sample set, and goes where its images will appear."""
    title = _(SAMPLES[sample].title)
    _open_new(title)
    intakes.start(session.database(), session.workspace(), session.project().id, sample, title)
    st.switch_page(IMAGES_PAGE)


def begin_empty() -> NoReturn:
    """Makes a project and goes where its images are brought in."""
    _open_new(_("My images"))
    st.switch_page(IMAGES_PAGE)


def free_name(wished: str, taken: Collection[str]) -> str:
    """``wished``, or with the first number behind it that is free."""
    if wished not in taken:
        return wished
    return next(name for number in count(2) if (name := f"{wished} {number}") not in taken)


def _open_new(wished: str) -> None:
    taken = list(projects.names(session.database()).values())
    session.open_project(projects.create(session.database(), free_name(wished, taken)).id)
