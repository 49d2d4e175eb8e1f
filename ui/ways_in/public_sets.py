"""Public sets of images, fetched from the network when they are first taken in."""

import streamlit as st

from core.dataset.sources import PUBLIC_SETS, PublicSet
from core.dataset.store import Dataset
from ui.text import _
from ui.ways_in import taking_in


def show(base: Dataset | None) -> None:
    """Draws a card for each of them, which says how much is fetched."""
    st.caption(
        _(
            "These come from the network when they are first taken in, and stay in the workspace from then on. Nothing "
            "of yours is sent."
        )
    )
    chosen = None
    with st.grid(2, min_column_width=210, gap="medium"):
        for name, public_set in PUBLIC_SETS.items():
            with st.container(border=True, height="stretch"):
                if _card(name, public_set):
                    chosen = name
    if chosen is not None:
        taking_in.begin(chosen, PUBLIC_SETS[chosen].title, base)


def _card(name: str, public_set: PublicSet) -> bool:
    st.markdown(f"**{public_set.title}**")
    st.caption(_(public_set.description))
    st.caption(_(":material/download: {megabytes} MB, needs a network").format(megabytes=public_set.megabytes))
    st.space("stretch")
    return st.button(_("Start with these"), key=f"public_sets_{name}", width="stretch")
