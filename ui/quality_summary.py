"""A quality report in two lines: what was found, and what was not."""

import streamlit as st

from core.dataset.store import Dataset
from core.quality.quality_report import QualityReport
from ui.data_line import image_count
from ui.quality_kinds import NAMES
from ui.text import _, ngettext, translate


def show(dataset: Dataset, report: QualityReport) -> None:
    """Draws how much was looked at, how much was found, and for what nothing was."""
    images = translate(image_count(report.images))
    count = len(report.findings)
    if count:
        found = ngettext("{images} looked at: {count} finding.", "{images} looked at: {count} findings.", count)
        order = _("What harms a result most comes first.")
        st.markdown(f"**{found.format(images=images, count=count)}** {order}")
    else:
        sentence = _("{images} looked at: nothing is wrong with them.").format(images=images)
        st.success(sentence, icon=":material/task_alt:")
    clean = [_(NAMES[kind]) for kind in clean_kinds(dataset, report)]
    if clean:
        st.caption(_("Nothing was found for: {kinds}.").format(kinds=", ".join(clean)))


def clean_kinds(dataset: Dataset, report: QualityReport) -> list[str]:
    """The kinds of which there is no finding; none that cannot be there."""
    impossible = {"imbalance"} if dataset.predicts_numbers else set()
    return [kind for kind in NAMES if kind not in impossible and report.of(kind) is None]
