"""The button that has a run repeated with other seeds."""

import streamlit as st

from core.errors import LayerlabError
from core.message import say_count
from core.runs import repeats
from core.runs.overview import Overview
from ui import run_trouble, screen, session
from ui.text import _

_SEEDS, _FIRST = "repeating_seeds", 4


def show(table: Overview, run_id: str) -> None:
    """Draws it for one run."""
    number = int(table.runs.loc[run_id, "number"])
    with st.popover(_("Repeat with other seeds"), key="repeating", icon=":material/casino:"):
        st.markdown(
            _(
                "The same settings, other first weights and another order of the images: the spread shows how much of "
                "a figure is chance."
            ),
            width=320,
        )
        seeds = st.number_input(_("Seeds"), 1, repeats.MOST_SEEDS, _FIRST, key=_SEEDS, persist_state="session")
        if st.button(_("Repeat run {number}").format(number=number), key="repeating_start", type="primary"):
            _start(run_id, seeds)
            st.rerun()


def _start(run_id: str, seeds: int) -> None:
    try:
        made = repeats.repeat(session.database(), session.workspace(), run_id, seeds)
    except LayerlabError as error:
        run_trouble.keep(error)
        return
    screen.fresh(say_count("{count} run waits in the queue.", "{count} runs wait in the queue.", count=len(made)))
