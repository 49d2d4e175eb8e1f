"""Which images belong to one group: by what they came with, or by a pattern of their names."""

from pathlib import Path

import pandas as pd
import streamlit as st

from core.dataset.store import Dataset
from core.errors import RecipeError
from core.message import Message
from core.split import Split
from core.split.groups import EXAMPLES, GROUP, Preview, groups_of, pattern_problem, preview, suggested_pattern
from ui import session, shown_value, split_edits
from ui.markdown import plain
from ui.numbers import number
from ui.text import _, ngettext, translate

_EXAMPLE = f"{GROUP}_*.png"
_SOURCE, _PATTERN, _REFUSED = "group_form_source", "group_form_pattern", "group_form_refused"
_OWN, _NAMES = "own", "names"
_ROWS = 8


def show(split: Split, dataset: Dataset) -> None:
    """Draws the choice of the source, the pattern with its suggestion, and the groups that come of it."""
    if has_own_groups(dataset):
        _show_source(split)
    if split.group_pattern or not has_own_groups(dataset):
        _show_pattern(split, dataset)
    _show_groups(split, dataset)


def has_own_groups(dataset: Dataset) -> bool:
    """Whether any image came with a group."""
    return bool((dataset.images["group"] != "").any())


def suggestion(dataset: Dataset) -> str | None:
    """A pattern that fits the names of the images, if there is one."""
    return _suggestion(session.workspace().datasets, dataset.id)


def _show_source(split: Split) -> None:
    names = {_OWN: _("That came with the images"), _NAMES: _("From the file names")}
    shown_value.show(_SOURCE, _NAMES if split.group_pattern else _OWN)
    st.segmented_control(
        _("Groups"), list(names), format_func=names.__getitem__, key=_SOURCE, required=True, on_change=_save_source
    )


def _show_pattern(split: Split, dataset: Dataset) -> None:
    refused = st.session_state.get(_REFUSED)
    if refused is None or refused[0] != split.group_pattern:
        shown_value.show(_PATTERN, split.group_pattern)
    suggested = suggestion(dataset)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            _("Pattern of the file names"),
            key=_PATTERN,
            placeholder=_EXAMPLE,
            max_chars=200,
            help=_(
                "{group} stands for what tells the groups apart, * for any letters, ? for one letter. A pattern with a "
                "/ is for the whole path."
            ).replace("{group}", f"`{GROUP}`"),
            on_change=_save_pattern,
            width="stretch",
        )
        if suggested and suggested != split.group_pattern:
            st.button(
                _("Take {pattern}").format(pattern=f"`{suggested}`"),
                key="group_form_suggested",
                icon=":material/auto_fix_high:",
                help=_("Most of the file names are made like this."),
                on_click=_take,
                args=(suggested,),
            )
    if refused is not None and refused[0] == split.group_pattern:
        st.error(plain(translate(refused[1])), icon=":material/error:")


def _show_groups(split: Split, dataset: Dataset) -> None:
    try:
        found = _groups(session.workspace().datasets, dataset.id, split.group_pattern)
    except RecipeError:  # said among the problems of the split
        return
    if found.groups.empty:
        return
    sizes = found.groups["images"]
    st.caption(
        " ".join([_how_many(len(sizes), int(sizes.min()), int(sizes.max())), *([_alone(found)] if found.alone else [])])
    )
    shown = found.groups.assign(examples=found.groups["examples"].map(", ".join))
    shown = shown.set_axis([_("Group"), _("Images"), _("Examples")], axis="columns")
    st.dataframe(
        shown,
        hide_index=True,
        height=38 + 35 * min(_ROWS, len(shown)),
        key="group_form_groups",
        alt=_("Groups, their images and examples"),
    )


def _how_many(groups: int, fewest: int, most: int) -> str:
    sizes = number(fewest) if fewest == most else _("{fewest:,} to {most:,}").format(fewest=fewest, most=most)
    return ngettext("{count} group of {images} images.", "{count:,} groups of {images} images each.", groups).format(
        count=groups, images=sizes
    )


def _alone(found: Preview) -> str:
    return ngettext("{count} image belongs to no group.", "{count:,} images belong to no group.", found.alone).format(
        count=found.alone
    )


def _save_source() -> None:
    own = st.session_state[_SOURCE] == _OWN
    fallback = f"{GROUP}_*"
    split_edits.change(group_pattern="" if own else suggestion(session.needed_dataset()) or fallback)


def _save_pattern() -> None:
    pattern = st.session_state[_PATTERN].strip()
    problem = _problem(pattern)
    if problem is not None:
        st.session_state[_REFUSED] = session.draft().split.group_pattern, problem
        return
    _take(pattern)


def _problem(pattern: str) -> Message | None:
    if not pattern and has_own_groups(session.needed_dataset()):
        return None
    return pattern_problem(pattern)


def _take(pattern: str) -> None:
    st.session_state.pop(_REFUSED, None)
    split_edits.change(group_pattern=pattern)


@st.cache_data(max_entries=16, show_spinner=False)
def _suggestion(_datasets: Path, dataset_id: str) -> str | None:
    return suggested_pattern(session.needed_dataset().images["path"].tolist())


@st.cache_data(max_entries=16, show_spinner=False)
def _groups(_datasets: Path, dataset_id: str, pattern: str) -> Preview:
    images = session.needed_dataset().images
    if pattern:
        return preview(pattern, images["path"])
    table = pd.DataFrame({"group": groups_of("", images), "path": images["path"]}).dropna()
    paths = table.groupby("group", sort=True)["path"]
    found = pd.DataFrame({"images": paths.size(), "examples": paths.agg(lambda names: tuple(names[:EXAMPLES]))})
    found = found.reset_index().sort_values("images", ascending=False, kind="stable", ignore_index=True)
    return Preview(found, len(images) - len(table))
