"""What takes from the worth of a figure, though its arithmetic is right."""

from datetime import datetime

import numpy as np
import streamlit as st

from core.dataset.store import Dataset
from core.evaluation import Judged
from core.evaluation.figures.chosen_by import chosen_by
from core.evaluation.figures.dependence import dependence
from core.message import Message
from core.runs import store as runs
from core.runs.run import Run
from ui import session
from ui.text import translate


def show(judged: Judged, run: Run, dataset: Dataset) -> None:
    """Draws what is to be known of the figures of ``judged``, of ``run`` on ``dataset``."""
    if judged.part == "validation":
        show_chosen_by(run)
    show_dependence(judged, run, dataset)


def show_chosen_by(run: Run) -> None:
    """Draws what was chosen by the validation images of ``run``."""
    _show(chosen_by(run, runs.of_project(session.database(), run.project_id) if run.project_id else [run]))


def show_dependence(judged: Judged, run: Run, dataset: Dataset, compared_with: Run | None = None) -> None:
    """Draws whether the images of ``judged`` are as many as they seem; those of ``run``, or those that it has in common
    with the run that it is ``compared_with``."""
    clusters = session.clusters_of_look_alikes(dataset.id)
    other_id = compared_with and compared_with.id
    _show(
        _dependence(
            run.id, run.finished_at, other_id, judged.part, clusters is not None, judged, run, dataset, clusters
        )
    )


@st.cache_data(max_entries=32, show_spinner=False)
def _dependence(
    run_id: str,
    finished_at: datetime | None,
    other_id: str | None,
    part: str,
    is_searched: bool,
    _judged: Judged,
    _run: Run,
    _dataset: Dataset,
    _clusters: np.ndarray | None,
) -> Message | None:
    """Kept, since reading groups off many names takes long; all that it depends on is named."""
    return dependence(_run.recipe.split, _dataset.images, _judged.predictions["row"].to_numpy(), _clusters)


def _show(caution: Message | None) -> None:
    if caution is not None:
        st.caption(f":material/warning: {translate(caution)}")
