"""The images that a run was judged on, and where each of them is in the project by now."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from core.dataset.counterparts import GONE, counterparts
from core.dataset.store import Dataset
from core.evaluation import Evaluation
from core.runs.run import Run
from core.workspace import Workspace
from ui import session


@dataclass(frozen=True, eq=False)
class JudgedImages:
    """``dataset`` is the one that ``run`` was judged on; ``current`` is the one of the project, perhaps a later
    version. ``places`` has the position in ``current`` of each image of ``dataset``."""

    evaluation: Evaluation
    run: Run
    dataset: Dataset
    current: Dataset
    places: np.ndarray

    @property
    def is_current(self) -> bool:
        """Whether the project still has the images that the run was judged on."""
        return self.dataset.id == self.current.id

    @property
    def name(self) -> str:
        """Tells this evaluation from others, in keys."""
        return f"judged_{self.run.id}_{self.evaluation.part}"

    def place(self, row: int) -> int | None:
        """The position in ``current`` of the image ``row`` of ``dataset``; None where it is gone."""
        place = int(self.places[row])
        return None if place == GONE else place


def judged_images(evaluation: Evaluation, run: Run, dataset: Dataset) -> JudgedImages:
    """With the images that the open project has by now."""
    current = session.needed_dataset()
    places = _places(session.workspace(), dataset.id, current.id)
    return JudgedImages(evaluation, run, dataset, current, places)


@st.cache_resource(max_entries=8, show_spinner=False)
def _places(workspace: Workspace, dataset_id: str, current_id: str) -> np.ndarray:
    return counterparts(session.dataset_of(dataset_id).images, session.dataset_of(current_id).images)
