"""What runs were judged to be worth, read once for all sessions."""

from datetime import datetime

import streamlit as st

from core.evaluation import Judged, evaluate, stored_evaluation
from core.runs.database import Database
from core.runs.evaluations import latest_evaluation
from core.runs.run import Run
from core.workspace import Workspace
from ui import session


def on_validation(run: Run) -> Judged:
    """The evaluation of ``run`` on its validation images, made now where there is none. Shared between sessions: not to
    be changed. Raises RunError as `core.evaluation.evaluate` does."""
    return known(run, "validation") or evaluate(session.database(), session.workspace(), run.id)


def known(run: Run, part: str) -> Judged | None:
    """The last evaluation of ``run`` on ``part``; None where there was none. Shared between sessions: not to be
    changed."""
    kept = latest_evaluation(session.database(), run.id, part)
    if kept is None:
        return None
    asked = session.workspace(), run.id, part, kept.created_at
    judged = _read(session.database(), *asked)
    if judged is None:
        _read.clear(session.database(), *asked)
    return judged


@st.cache_resource(max_entries=8, show_spinner=False)
def _read(_database: Database, workspace: Workspace, run_id: str, part: str, made_at: datetime) -> Judged | None:
    """``made_at`` is another one when the run was judged again."""
    return stored_evaluation(_database, workspace, run_id, part)
