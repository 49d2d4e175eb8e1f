"""The lab report of a run: what is in it, what is not yet, and the button that writes it."""

from functools import partial
from typing import Final

import streamlit as st

from core.dataset.store import Dataset
from core.evaluation import Judged
from core.message import Message
from core.report import Kept, gaps, report_of, to_html, to_markdown
from core.runs.database import Database
from core.runs.run import Run
from core.workspace import Workspace
from ui import session
from ui.catalogue import Language, translate_message
from ui.text import _, language, translate

_HTML: Final = "html"
_MIME: Final = {_HTML: "text/html", "md": "text/markdown"}


def show(_evaluation: Judged, run: Run, dataset: Dataset) -> None:
    """Draws the buttons and the lists; the report is written when a button is pressed."""
    with st.container(border=True, key="report", gap="small"):
        st.markdown(
            _(
                "All that is kept of this run on a few pages: its data and what was refused, split and leaks, the net "
                "with its diagram, settings, curves, the figures with their 95 % intervals, the openings of the test "
                "set, baselines, the worst mistakes, and what changed against the run before."
            )
        )
        with st.container(horizontal=True, gap="small"):
            _offer(_("Lab report to print (HTML)"), run, _HTML, "primary")
            _offer(_("Lab report as text (Markdown)"), run, "md", "secondary")
        st.caption(
            _(
                "Every figure in it comes from the database and the kept answers of the run. Nothing is trained for "
                "it, and no test set is opened."
            )
        )
        _show_gaps(gaps(Kept.of(session.database(), session.workspace(), run.id, dataset)))


def written(database: Database, workspace: Workspace, run_id: str, kind: str, language: Language) -> bytes:
    """The report as a file; made in a thread that knows neither the session nor its language."""
    report = report_of(database, workspace, run_id)

    def translated(message: Message) -> str:
        return translate_message(message, language)

    text = to_html(report, translated, language) if kind == _HTML else to_markdown(report, translated)
    return text.encode()


def _offer(label: str, run: Run, kind: str, weight: str) -> None:
    st.download_button(
        label,
        partial(written, session.database(), session.workspace(), run.id, kind, language()),
        file_name=f"lab-report-run-{run.number}.{kind}",
        mime=_MIME[kind],
        key=f"report_{kind}",
        icon=":material/download:",
        type=weight,
        on_click="ignore",
    )


def _show_gaps(missing: tuple[Message, ...]) -> None:
    if not missing:
        complete = _("Nothing is missing in it.")
        st.markdown(f":material/check: {complete}")
        return
    title = _("Not in it yet")
    lines = "\n".join(f"- {translate(gap)}" for gap in missing)
    st.markdown(f"**{title}**\n\n{lines}")
