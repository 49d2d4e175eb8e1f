"""The table of all runs, and below it what becomes of the chosen ones. It draws itself alone: a choice or a filter
leaves the rest of the screen as it is."""

from functools import partial
from typing import Final

import streamlit as st

from core.runs.overview import Overview, overview
from core.runs.queue import active_runs
from ui import run_trouble, screen, session
from ui.comparing import all_runs, chosen_runs, labelling, overlay, repeating, two_runs
from ui.text import _, ngettext

_AT_WORK: Final = "10s"
_PAIR: Final = 2


def show(project_id: str) -> None:
    """Draws it for a project; while any run is at work, it is drawn anew from time to time."""
    pace = _AT_WORK if active_runs(session.database()) else None
    st.fragment(_draw, run_every=pace)(project_id)


def _draw(project_id: str) -> None:
    table = overview(session.database(), project_id)
    run_trouble.show()
    if table.runs.empty:
        _show_nothing()
        return
    all_runs.show(table)
    chosen = chosen_runs.chosen(table.runs.index.tolist())
    if not chosen:
        st.caption(_invitation(len(table.runs)))
        return
    _show_actions(table, chosen)
    overlay.show(table, chosen)
    if len(chosen) == _PAIR:
        two_runs.show(chosen)


def _show_nothing() -> None:
    text = _("Train the model twice, with one setting changed in between: here you see what that did.")
    to_runs = partial(st.page_link, "pages/train/runs.py", label=_("Go to the runs"), icon=":material/arrow_forward:")
    screen.nothing_yet(_("No run yet"), text, key="compare_empty", way_on=to_runs)


def _invitation(runs: int) -> str:
    if runs == 1:
        return _("This is the only run so far. Change one setting and train again: then there is something to compare.")
    return _("Tick runs in the table: their curves are drawn here, and of two, what changed between them.")


def _show_actions(table: Overview, chosen: list[str]) -> None:
    numbers = sorted(table.runs.loc[chosen, "number"])
    text = ngettext("Chosen: run {numbers}", "Chosen: runs {numbers}", len(chosen))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="compare_actions"):
        st.markdown("**{text}**".format(text=text.format(numbers=", ".join(map(str, numbers)))), width="content")
        st.space("stretch")
        labelling.show(table, chosen)
        if len(chosen) == 1:
            repeating.show(table, chosen[0])
