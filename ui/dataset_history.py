"""The versions of a project's images: undo and redo, and what was changed, in words."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from core.dataset.store import Dataset
from core.errors import LayerlabError
from core.runs import versions
from core.runs.run import Run
from core.runs.versions import Version
from ui import screen, session
from ui.markdown import plain
from ui.text import _, ngettext, translate


def show(dataset: Dataset, runs: Sequence[Run]) -> None:
    """Draws undo and redo, the last change in words, and all of them behind one click; nothing before the first one.

    ``runs`` are those of the project, for they keep the version that they used.
    """
    known = versions.history(session.database(), session.project().id)
    if len(known) < 2:
        return
    current = next(version for version in known if version.is_current)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="dataset_history"):
        _button("undo", _("Undo the last change"), versions.undo, dataset, is_possible=versions.can_undo(known))
        _button("redo", _("Make it again"), versions.redo, dataset, is_possible=versions.can_redo(known))
        st.markdown(_("Version {number}: {change}").format(number=current.number, change=plain(_change(current))))
    _show_runs(dataset, runs)
    with st.expander(_("All versions of the images"), key="dataset_history_all", type="compact"):
        st.dataframe(_table(known), hide_index=True, alt=_("All versions of the images"))


def _button(name: str, title: str, step: Callable[..., str], dataset: Dataset, *, is_possible: bool) -> None:
    st.button(
        f":material/{name}:",
        key=f"dataset_history_{name}",
        help=title,
        disabled=not is_possible,
        on_click=_step,
        args=(step, dataset.id),
    )


def _step(step: Callable[..., str], dataset_id: str) -> None:
    try:
        step(session.database(), session.project().id, dataset_id)
    except LayerlabError as error:
        screen.fresh(error.message)


def _show_runs(dataset: Dataset, runs: Sequence[Run]) -> None:
    others = sum(run.dataset_id != dataset.id for run in runs)
    if others:
        st.caption(
            ngettext(
                "{count} run was trained on another version, and keeps it.",
                "{count:,} runs were trained on other versions, and keep them.",
                others,
            ).format(count=others)
        )


def _table(known: Sequence[Version]) -> pd.DataFrame:
    """The newest first."""
    return pd.DataFrame(
        {
            _("Version"): [version.number for version in reversed(known)],
            _("Change"): [_change(version) for version in reversed(known)],
            _("Now"): ["●" if version.is_current else "" for version in reversed(known)],
        }
    )


def _change(version: Version) -> str:
    return _("the images as they came") if version.change is None else translate(version.change)
