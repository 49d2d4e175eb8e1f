"""Some of the images that a run was trained on."""

import numpy as np

from core.dataset.store import load, pixels
from core.runs import store as runs
from core.runs.run import Run
from core.split import read_assignment
from ui import session

_MOST = 500


def some(run: Run) -> np.ndarray:
    """At most 500 training images of ``run``, from all over their order: uint8, (images, height, width, channels)."""
    workspace = session.workspace()
    rows = read_assignment(runs.run_folder(workspace, run.id) / "split.csv").rows("train")
    return pixels(load(workspace.datasets, run.dataset_id), run.recipe.image)[rows[:: -(-len(rows) // _MOST)]]
