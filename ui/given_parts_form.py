"""The parts that images came with, such as those of folders called train and test: used as they are, or not."""

import streamlit as st

from core.dataset.store import Dataset
from core.split import PARTS, Split
from core.split.given import given_parts
from ui import shown_value, split_edits
from ui.parts import part_title
from ui.text import _, ngettext

_KEY = "given_parts_form_given"


def show(split: Split, dataset: Dataset) -> None:
    """Draws the choice, where any image came with a part."""
    given = given_parts(dataset.images)
    if not (given != "").any():
        return
    shown_value.show(_KEY, split.given)
    st.toggle(
        _("Use the split that the images came with"),
        key=_KEY,
        help=_(
            "The folders or the table of these images tell which are for training, for validation and for the test. "
            "Switched off, they are dealt out by the shares."
        ),
        on_change=lambda: split_edits.change(given=st.session_state[_KEY]),
    )
    counts = [(part_title(part), int((given == part).sum())) for part in PARTS]
    told = ", ".join(
        ngettext("{part} {count:,} image", "{part} {count:,} images", count).format(part=part, count=count)
        for part, count in counts
        if count
    )
    st.caption(_("They came as: {parts}.").format(parts=told))


def leaves_shares(split: Split, dataset: Dataset) -> bool:
    """Whether the shares still decide something: for a part that no image came with."""
    if not split.given:
        return True
    given = given_parts(dataset.images)
    return any(not (given == part).any() for part in PARTS[1:])
