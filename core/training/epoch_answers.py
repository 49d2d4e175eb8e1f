"""What a net answered on the validation images after each epoch whose weights are kept."""

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any

import numpy as np
import tensorflow as tf

from core.dataset.store import load, pixels
from core.runs.epoch_answers import EpochAnswers
from core.runs.run import Run
from core.runs.store import run_folder
from core.split import read_assignment
from core.training.finished_run import epochs_to_look_back_at, finished_model, resting_run, take_back
from core.training.question import Answer, Question

SECONDS = 20.0
"""As long as there is time for one more epoch, it is answered for."""


def answer_epoch_answers(question: Question) -> Answer:
    """Leaves the answers that ``question`` asks for in the run's folder, computed once; the answer says for which
    epochs. LayerlabError where there are none."""
    run = resting_run(question)
    folder = run_folder(question.workspace, run.id)
    answers = EpochAnswers.stored(folder) or EpochAnswers.store(folder, _computed(question, run))
    return Answer({"epochs": list(answers.epochs)})


def coarse_to_fine(epochs: Sequence[int], kept_epoch: int | None) -> list[int]:
    """``epochs``, which ascend, so that however many are taken they are spread over all of them.

    The one that the model has its weights from comes first, where it is among them, then the last one.
    """
    backwards = list(reversed(epochs))
    spread = [epoch for stride in (16, 8, 4, 2, 1) for epoch in backwards[::stride]]
    kept = [epoch for epoch in epochs if epoch == kept_epoch]
    return list(dict.fromkeys([*kept, *spread]))


def _computed(question: Question, run: Run) -> dict[int, np.ndarray]:
    """By epoch, for as many as there is time for."""
    folder = run_folder(question.workspace, run.id)
    epochs = coarse_to_fine(epochs_to_look_back_at(folder), run.kept_epoch)
    images = pixels(load(question.workspace.datasets, run.dataset_id), run.recipe.image)
    rows = read_assignment(folder / "split.csv").rows("validation")
    model = finished_model(question.workspace, run.id)
    graph = tf.function(lambda batch: model(tf.cast(batch, tf.float32), training=False), reduce_retracing=True)
    started, found = perf_counter(), {}
    for epoch in epochs:
        take_back(model, folder, epoch)
        found[epoch] = _answers(graph, images, rows, run.recipe.training.batch_size)
        if (perf_counter() - started) * (len(found) + 1) / len(found) > SECONDS:
            break
    return found


def _answers(graph: Callable[[np.ndarray], Any], images: np.ndarray, rows: np.ndarray, batch_size: int) -> np.ndarray:
    """Float32, (rows, units): only the images at ``rows`` are read, a batch at a time."""
    batches = (rows[start : start + batch_size] for start in range(0, len(rows), batch_size))
    return np.concatenate([graph(images[batch]).numpy() for batch in batches])
