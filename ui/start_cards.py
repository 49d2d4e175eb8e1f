"""The ways to begin, as cards with a picture: the sample sets, and images of one's own."""

from typing import Final

import streamlit as st

from core.dataset.sources import SAMPLES
from ui import leak_demo
from ui.markdown import plain
from ui.text import _

OWN: Final = "own"
_LEAKY = "bursts"
_PICTURES = "ui/assets/{name}.png"


def show(key: str, *, with_own: bool, is_first_visit: bool = False) -> str | None:
    """The name of the sample set that was chosen now, `OWN`, or None. ``key`` begins the keys of the buttons."""
    chosen = None
    with st.grid(3 if with_own else 2, min_column_width=210, gap="medium"):
        for name, sample in SAMPLES.items():
            with st.container(border=True, height="stretch"):
                _picture(name, _("A page of small images from the sample set {name}.").format(name=_(sample.title)))
                st.markdown(f"**{plain(_(sample.title))}**")
                st.caption(_(sample.description))
                st.space("stretch")
                is_primary = is_first_visit and chosen is None and name == next(iter(SAMPLES))
                label = _("Start with these")
                if st.button(
                    label, key=f"{key}_{name}", type="primary" if is_primary else "secondary", width="stretch"
                ):
                    chosen = name
                if name == _LEAKY and _demonstration(key):
                    chosen = name
        if with_own and _own_card(key):
            chosen = OWN
    return chosen


def _demonstration(key: str) -> bool:
    """The short way to what this sample set is for."""
    return st.button(
        _("See what a random split hides"),
        key=f"{key}_{_LEAKY}_demonstration",
        icon=":material/compare:",
        width="stretch",
        on_click=leak_demo.ask_for_it,
    )


def _own_card(key: str) -> bool:
    with st.container(border=True, height="stretch"):
        _picture(OWN, _("An empty page, waiting for images."))
        st.markdown(_("**Your own images**"))
        st.caption(_("A zip archive, folders by class, a table of labels, the camera. They stay on this computer."))
        st.space("stretch")
        return st.button(_("Bring your own images"), key=f"{key}_{OWN}", width="stretch")


def _picture(name: str, alt: str) -> None:
    st.image(_PICTURES.format(name=name), width="stretch", alt=alt)
