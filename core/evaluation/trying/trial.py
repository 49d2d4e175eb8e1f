"""Asking a trained run about images that were in no dataset."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from PIL import Image

from core.dataset.decode import to_array
from core.dataset.limits import Limits
from core.dataset.metadata import read_file
from core.dataset.refused_file_error import RefusedFileError
from core.evaluation.predict import Predictor
from core.evaluation.trying.prediction import Answer, answers
from core.runs import decisions, store
from core.runs.database import Database
from core.runs.datasets import dataset_summary
from core.runs.decisions import Decision
from core.runs.run import Run
from core.runs.trained import trained_run
from core.workspace import Workspace


@dataclass(frozen=True, eq=False)
class Trial:
    """A trained run that can be asked. ``class_names`` is empty where it predicts numbers."""

    run: Run
    class_names: tuple[str, ...]
    decision: Decision
    predictor: Predictor

    @classmethod
    def of(
        cls,
        database: Database,
        workspace: Workspace,
        run_id: str,
        predictor_of: Callable[[Path], Predictor] = Predictor,
    ) -> Self:
        """Of the run ``run_id``; ``predictor_of`` loads its model, or has it from before.

        Raises RunError for a run that is not there, is still to train, or has no model.
        """
        run = trained_run(database, run_id)
        predictor = predictor_of(store.run_folder(workspace, run_id) / "model.tflite")
        class_names = dataset_summary(database, run.dataset_id).class_names
        return cls(run, tuple(class_names), decisions.decision(database, run_id), predictor)

    def seen(self, image: Image.Image) -> np.ndarray:
        """``image`` as the model gets it: uint8, (height, width, channels) of its recipe, 0-255; made by the same
        function as the images that it was trained on."""
        return to_array(image, self.run.recipe.image)

    def ask(self, seen: Sequence[np.ndarray]) -> list[Answer]:
        """What the model says of each of the images ``seen``, at least one, as `seen` gives them."""
        return answers(self.predictor.predict(np.stack(seen)), self.class_names, self.decision)


def opened(data: bytes, path: str = "") -> Image.Image:
    """The image in the file ``data`` as an intake takes it in: upright, grey or RGB.

    Raises RefusedFileError, with the sentences of an intake, for what is no usable image or too large.
    """
    reason = Limits().reason_against(len(data))
    if reason is not None:
        raise RefusedFileError(reason)
    _, stored = read_file(data, path)
    return stored.image
