"""The log of a run in the browser: its last lines, and the whole of it as a file."""

from pathlib import Path

import streamlit as st

from core.runs.run import Run
from core.runs.run_log import LAST_LINES, log_path, tail
from ui import session
from ui.text import _, ngettext

_HEIGHT = 320
_EVERY = "2s"


def show(run: Run) -> None:
    """Draws the log behind one click. It is read only while it is open, and again and again while ``run`` works."""
    box = st.expander(
        _("The log of run {number}").format(number=run.number),
        key="run_log",
        icon=":material/terminal:",
        on_change="rerun",
    )
    if not box.open:
        return
    path = log_path(session.workspace(), run.id)
    with box:
        st.fragment(_show_lines, run_every=_EVERY if run.state.is_working else None)(path)
        if path.is_file():
            _offer_file(run, path)


def _show_lines(path: Path) -> None:
    lines = tail(path)
    if not lines:
        st.caption(
            _("Nothing is written in it: the process of a run writes only what is worth knowing.")
            if path.is_file()
            else _("There is no log yet: it begins with the process of the run.")
        )
        return
    count = lines.count("\n") + 1
    with st.container(height=_HEIGHT, autoscroll=True, border=False, key="run_log_lines"):
        st.code(lines, language=None)
    st.caption(
        _("The last {count} lines, newest last.").format(count=count)
        if count >= LAST_LINES
        else ngettext("{count} line, newest last.", "{count} lines, newest last.", count).format(count=count)
    )


def _offer_file(run: Run, path: Path) -> None:
    st.download_button(
        _("Save the whole log"),
        path.read_bytes,
        file_name=f"run-{run.number}.log",
        mime="text/plain",
        key="run_log_save",
        icon=":material/download:",
        on_click="ignore",
    )
