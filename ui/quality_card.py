"""One finding of a check: what it means, what to do, which images it is about, and what can be done with them."""

import streamlit as st

from core.dataset.store import Dataset
from core.quality.finding import Finding
from ui import quality_actions, quality_choice, quality_classes, quality_images, session
from ui.data_line import image_count
from ui.markdown import plain
from ui.quality_kinds import OF_CLASSES, OF_COPIES, WAYS
from ui.text import _, ngettext, translate


@st.fragment
def show(dataset: Dataset, finding: Finding) -> None:
    """Draws it; ``finding`` is of ``dataset``. When the images are others by now, the whole screen is drawn anew."""
    if session.dataset_id_now() != dataset.id:
        st.rerun()
    with st.container(border=True, key=f"quality_card_{finding.kind}"):
        st.subheader(plain(translate(finding.title)), anchor=False)
        st.markdown(plain(translate(finding.explanation)))
        st.markdown(f":material/lightbulb: {plain(translate(finding.advice))}")
        _show_way(finding.kind)
        if finding.kind in OF_CLASSES:
            quality_classes.show(dataset, finding)
            return
        st.caption(" · ".join(filter(None, [_amount(finding), quality_images.figures_line(finding)])))
        quality_images.show(dataset, finding)
        quality_choice.show_buttons(dataset, finding)
        quality_actions.show(dataset, finding.kind, quality_choice.chosen(dataset, finding.kind))


def _show_way(kind: str) -> None:
    if kind not in WAYS:
        return
    title, page = WAYS[kind]
    st.page_link(page, label=_(title), icon=":material/arrow_forward:")


def _amount(finding: Finding) -> str:
    images = translate(image_count(len(finding.positions)))
    if finding.kind not in OF_COPIES:
        return images
    groups = len(finding.groups)
    return ngettext("{images} in {count:,} group", "{images} in {count:,} groups", groups).format(
        images=images, count=groups
    )
