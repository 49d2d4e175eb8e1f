"""Some of the images that a run was trained on."""

import numpy as np

from core.dataset.store import pixels
from core.runs.run import Run
from ui import session

_MOST = 500


def some(run: Run) -> np.ndarray:
    """At most 500 training images of ``run``, from all over their order: uint8, (images, height, width, channels)."""
    rows = session.assignment_of(run).rows("train")
    return pixels(session.dataset_of(run.dataset_id), run.recipe.image)[rows[:: -(-len(rows) // _MOST)]]
