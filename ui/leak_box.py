"""What is known about images that stand on both sides of the split, in words."""

import streamlit as st

from core.message import Message, say, say_count
from core.split import LeakReport, leak_report
from ui import session
from ui.text import translate


def show() -> None:
    """Draws the report of the open project's split."""
    report = _report(session.needed_dataset().id)
    text = translate(sentence(report))
    if report.after:
        st.warning(text, icon=":material/content_copy:")
    else:
        st.caption(f":material/verified: {text}")


def sentence(report: LeakReport) -> Message:
    """The report in words, whatever it says."""
    if report.clusters == 0:
        return say("No two images have the same pixels, so no image can be on both sides.")
    if report.after:
        return say_count(
            "{count} image of validation or test has exactly the pixels of a training image: the model has seen "
            "the answer. "
            "Keep identical images together.",
            "{count:,} images of validation and test have exactly the pixels of a training image: the model has "
            "seen the answers. "
            "Keep identical images together.",
            count=report.after,
        )
    if report.before:
        return say_count(
            "Identical images are kept together. Dealt out without that, {count} image of validation or test would "
            "have a twin "
            "in training.",
            "Identical images are kept together. Dealt out without that, {count:,} images of validation and test "
            "would have a twin "
            "in training.",
            count=report.before,
        )
    return say_count(
        "There is {count} group of images with the same pixels; none of it is on both sides.",
        "There are {count:,} groups of images with the same pixels; none is on both sides.",
        count=report.clusters,
    )


def _report(dataset_id: str) -> LeakReport:
    split = session.draft().split
    return _cached_report(str(session.workspace().datasets), dataset_id, split.model_dump_json())


@st.cache_data(max_entries=64, show_spinner=False)
def _cached_report(datasets: str, dataset_id: str, split_settings: str) -> LeakReport:
    """The report for the open project, kept by what it depends on."""
    return leak_report(session.draft().split, session.needed_dataset().images)
