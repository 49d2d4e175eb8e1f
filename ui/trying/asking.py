"""The trained run that is asked, its model loaded once for all that ask it."""

from pathlib import Path

import streamlit as st

from core.evaluation.predict import Predictor
from core.evaluation.trying.trial import Trial
from core.runs.run import Run
from ui import session


def trial(run: Run) -> Trial:
    """The trial of ``run``. Raises RunError where it has no model."""
    return Trial.of(session.database(), session.workspace(), run.id, _predictor_now)


def _predictor_now(model: Path) -> Predictor:
    """That of the file as it is now: a run that went on has another model under the same name."""
    return _predictor(model, model.stat().st_mtime_ns) if model.exists() else Predictor(model)


@st.cache_resource(max_entries=4, show_spinner=False)
def _predictor(model: Path, changed: int) -> Predictor:
    return Predictor(model)
