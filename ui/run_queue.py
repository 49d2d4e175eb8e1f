"""The queue of all projects as one of them sees it: its own runs can be moved and taken out."""

from collections.abc import Callable, Sequence
from itertools import groupby

import streamlit as st

from core.runs import control
from core.runs.queue import WaitingRun, waiting_runs
from ui import run_trouble, session
from ui.markdown import plain
from ui.text import _, ngettext

MOST_NAMES = 3
"""So many runs of other projects in a row are named; of more it is said how many there are."""


def show(project_id: str, *, is_engaged: bool) -> None:
    """Draws the runs that wait, of all projects; nothing where none does.

    ``is_engaged``: whether a run of the project is queued or running, so that the queue may change meanwhile.
    """
    may_change = is_engaged or bool(waiting_runs(session.database()))
    st.fragment(_draw, run_every="3s" if may_change else None)(project_id)


def _draw(project_id: str) -> None:
    if run_trouble.is_kept():
        st.rerun()
    waiting = waiting_runs(session.database())
    with st.container(key="run_queue"):
        if not waiting:
            return
        st.subheader(_("Queue"), anchor=False)
        own = [run for run in waiting if run.project_id == project_id]
        with st.container(border=True, gap="xsmall"):
            for is_own, row in groupby(waiting, lambda run: run.project_id == project_id):
                if is_own:
                    for run in row:
                        _show_own(run, own)
                else:
                    _show_others(list(row))
            st.caption(_("Projects take turns. Within a project the runs begin in the order shown here."))


def _show_own(run: WaitingRun, own: Sequence[WaitingRun]) -> None:
    place = own.index(run)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"run_queue_{run.id}"):
        name = _("Run {number}").format(number=run.number)
        st.markdown(f"{run.place}\\. **{name}**", width="content")
        st.space("stretch")
        _button("up", run, _("Move run {number} up"), control.move, -1, is_possible=place > 0)
        _button("down", run, _("Move run {number} down"), control.move, 1, is_possible=place < len(own) - 1)
        _button("out", run, _("Take run {number} out of the queue"), control.request_stop)


_ICONS = {"up": "arrow_upward", "down": "arrow_downward", "out": "close"}


def _button(
    name: str, run: WaitingRun, help: str, what: Callable[..., None], *values: int, is_possible: bool = True
) -> None:
    st.button(
        f":material/{_ICONS[name]}:",
        key=f"run_queue_{name}_{run.id}",
        type="tertiary",
        help=help.format(number=run.number),
        disabled=not is_possible,
        on_click=run_trouble.order,
        args=(what, run.id, *values),
    )


def _show_others(row: Sequence[WaitingRun]) -> None:
    """Runs of other projects that come one after the other, on one line."""
    first, last = row[0].place, row[-1].place
    places = str(first) if first == last else f"{first}–{last}"
    st.markdown(f":gray[{places}\\. {_names(row)}]")


def _names(row: Sequence[WaitingRun]) -> str:
    if len(row) > MOST_NAMES:
        return ngettext("{count} run of other projects", "{count:,} runs of other projects", len(row)).format(
            count=len(row)
        )
    return " · ".join(
        _("from the command line") if run.project_name is None else plain(run.project_name) for run in row
    )
