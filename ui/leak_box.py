"""What is known about images that stand on both sides of the split, in words."""

from pathlib import Path

import streamlit as st

from core.message import Message, say, say_count
from core.split import LeakReport, Split, leak_report
from ui import session
from ui.text import translate


def show() -> None:
    """Draws the report of the open project's split."""
    found = report()
    split = session.draft().split
    text = translate(sentence(found, split, is_searched=session.look_alikes() is not None))
    if found.after:
        st.warning(text, icon=":material/content_copy:")
    else:
        st.caption(f":material/verified: {text}")


def report() -> LeakReport:
    """What the open project's split tears apart, by all that is known of its images."""
    is_searched = session.look_alikes() is not None
    split = session.draft().split
    return _cached_report(session.workspace().datasets, session.needed_dataset().id, split, is_searched)


def sentence(report: LeakReport, split: Split, *, is_searched: bool) -> Message:
    """The report in words, whatever it says. ``is_searched``: whether look-alikes were looked for, not only identical
    images."""
    told = _of_groups if split.keep_together == "group" else _of_look_alikes if is_searched else _of_identical
    return told(report)


def _of_identical(report: LeakReport) -> Message:
    if report.clusters == 0:
        return say(
            "No two images have the same pixels. Whether some look alike is not known: they have not been searched for."
        )
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


def _of_look_alikes(report: LeakReport) -> Message:
    if report.clusters == 0:
        return say("No two images look alike, so none can be on both sides.")
    if report.after:
        return say_count(
            "{count} image of validation or test looks like a training image ({before:,} if nothing were kept "
            "together): the model has seen the answer. Keep look-alikes together.",
            "{count:,} images of validation and test look like a training image ({before:,} if nothing were kept "
            "together): the model has seen the answers. Keep look-alikes together.",
            count=report.after,
            before=report.before,
        )
    return say_count(
        "No image of validation or test looks like a training image. If nothing were kept together, {count} would.",
        "No image of validation or test looks like a training image. If nothing were kept together, {count:,} would.",
        count=report.before,
    )


def _of_groups(report: LeakReport) -> Message:
    if report.clusters == 0:
        return say("No two images are of one group or alike, so none can be on both sides.")
    if report.after:
        return say_count(
            "{count} image of validation or test is of the group of a training image, or looks like one ({before:,} if "
            "nothing were kept together).",
            "{count:,} images of validation and test are of the group of a training image, or look like one "
            "({before:,} if nothing were kept together).",
            count=report.after,
            before=report.before,
        )
    return say_count(
        "No group is on both sides. If nothing were kept together, {count} image of validation or test would have one "
        "of its group in training.",
        "No group is on both sides. If nothing were kept together, {count:,} images of validation and test would have "
        "one of their group in training.",
        count=report.before,
    )


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs={Split: Split.model_dump_json})
def _cached_report(datasets: Path, dataset_id: str, split: Split, is_searched: bool) -> LeakReport:
    """The report for the open project, kept by what it depends on."""
    return leak_report(split, session.needed_dataset().images, session.look_alikes() if is_searched else None)
