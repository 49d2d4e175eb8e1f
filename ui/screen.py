"""What every screen has: a title with one sentence of purpose, one next step, and a way on when something is
missing."""

from collections.abc import Callable
from typing import NoReturn

import streamlit as st

from core.errors import LayerlabError
from core.message import Message
from ui.markdown import plain
from ui.text import _, translate

_NEWS = "screen_news"
_TEXT_WIDTH = 500


def header(title: str, purpose: str) -> None:
    """The title of a screen, and below it the one sentence that says what it is for. First, news from the screen
    before."""
    for news in st.session_state.pop(_NEWS, []):
        st.toast(news, icon=":material/check_circle:")
    with st.container(gap="xxsmall"):
        st.title(title, anchor=False)
        st.markdown(f":gray[{purpose}]")


def next_step(
    label: str,
    page: str,
    *,
    key: str,
    disabled: bool = False,
    help: str | None = None,
    beside: Callable[[], None] | None = None,
) -> None:
    """The one primary button of a screen, always in sight at its bottom; it leads to ``page``.

    ``page`` is a file such as ``pages/data/split.py``; ``beside`` draws what stands to the left of the button.
    """
    with st.bottom, st.container(horizontal=True, horizontal_alignment="right", key="screen_next_step"):
        if beside is not None:
            beside()
        if st.button(
            label,
            key=key,
            type="primary",
            icon=":material/arrow_forward:",
            icon_position="right",
            disabled=disabled,
            help=help,
        ):
            st.switch_page(page)


def fresh(message: Message) -> None:
    """Says ``message`` in passing on the next screen that is drawn, also after a switch or a rerun."""
    st.session_state.setdefault(_NEWS, []).append(plain(translate(message)))


def explain(error: LayerlabError) -> None:
    """Says what a person can do about ``error``."""
    st.error(plain(translate(error.message)), icon=":material/error:")


def nothing_yet(
    title: str, text: str, *, key: str, icon: str | None = None, way_on: Callable[[], object] | None = None
) -> None:
    """What stands where there is nothing to be shown yet: why, and what to do. ``way_on`` draws what stands below."""
    with st.container(border=True, horizontal_alignment="center", gap="small", key=key):
        st.space("small")
        if icon is not None:
            st.markdown(icon, text_alignment="center")
        st.subheader(title, anchor=False, text_alignment="center")
        st.markdown(text, text_alignment="center", width=_TEXT_WIDTH)
        if way_on is not None:
            way_on()
        st.space("small")


def needs_project() -> NoReturn:
    """Says that a project comes first, offers the way there, and ends the screen."""
    _missing(
        title=_("No project is open"),
        text=_("Images, layers and runs belong to a project. Open one, or begin with a sample set."),
        label=_("Go to the projects"),
        page="pages/home/projects.py",
        key="screen_to_projects",
    )


def needs_dataset() -> NoReturn:
    """Says that images come first, offers the way there, and ends the screen."""
    _missing(
        title=_("This project has no images yet"),
        text=_(
            "Everything here follows from the images: their size, their classes, their number. Bring them in first."
        ),
        label=_("Bring in images"),
        page="pages/data/images.py",
        key="screen_to_images",
    )


def _missing(*, title: str, text: str, label: str, page: str, key: str) -> NoReturn:
    def way_on() -> None:
        if st.button(label, key=key, type="primary"):
            st.switch_page(page)

    nothing_yet(title, text, key="screen_missing", way_on=way_on)
    st.stop()
