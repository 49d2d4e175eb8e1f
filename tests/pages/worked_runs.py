"""Runs brought as far as a test needs them, by what their worker would tell the database."""

import os
from collections.abc import Sequence

from core.message import Message
from core.recipe import Recipe
from core.runs import control, progress, queue, store
from core.runs.again import CHECKPOINT
from core.runs.process import Process
from core.runs.progress import EpochMetrics, StepMetrics
from core.runs.projects import Project
from core.runs.run import Run
from core.runs.states import RunState

STEPS_PER_EPOCH = 3
RATE = 0.001
VALIDATION_ACCURACIES = (0.5, 0.9, 0.8, 0.85, 0.7)

Figures = tuple[float, float | None, float, float | None]
"""Of an epoch: loss, accuracy, validation loss and validation accuracy."""


def queued(kept, project: Project, recipe: Recipe | None = None) -> Run:
    """A run of the project's draft, or of ``recipe``, that waits."""
    return store.enqueue(kept.database, kept.workspace, project.id, str(project.dataset_id), recipe or project.draft)


def running(kept, project: Project, epochs: int = 0, recipe: Recipe | None = None) -> Run:
    """A run that has done ``epochs`` epochs and goes on."""
    return running_with(kept, project, [_usual(epoch) for epoch in range(1, epochs + 1)], recipe)


def running_with(kept, project: Project, figures: Sequence[Figures], recipe: Recipe | None = None) -> Run:
    """A run that has measured these ``figures``, epoch by epoch, and goes on."""
    run = queued(kept, project, recipe)
    assert queue.claim(kept.database, Process.of(os.getpid())) == run.id
    progress.begin(kept.database, run.id, os.getpid())
    progress.describe_model(kept.database, run.id, 35_338, STEPS_PER_EPOCH)
    for epoch, of_epoch in enumerate(figures, start=1):
        _work_an_epoch(kept, run.id, epoch, of_epoch)
    return store.get(kept.database, run.id)


def paused(kept, project: Project, epochs: int = 2) -> Run:
    """A run that was paused after ``epochs`` epochs, with a checkpoint to go on from."""
    run = running(kept, project, epochs)
    leave_checkpoint(kept, run)
    control.request_pause(kept.database, run.id)
    progress.pause(kept.database, run.id)
    return store.get(kept.database, run.id)


def finished(
    kept,
    project: Project,
    epochs: int = 5,
    state: RunState = RunState.COMPLETED,
    message: Message | None = None,
    recipe: Recipe | None = None,
    kept_epoch: int | None = None,
) -> Run:
    """A run that has ended in ``state`` after ``epochs`` epochs."""
    run = running(kept, project, epochs, recipe)
    progress.finish(kept.database, run.id, state, message, kept_epoch)
    return store.get(kept.database, run.id)


def with_seed(recipe: Recipe, seed: int) -> Recipe:
    """The same recipe with another seed of the training: to the queue it is another run."""
    return recipe.model_copy(update={"training": recipe.training.model_copy(update={"seed": seed})})


def leave_checkpoint(kept, run: Run) -> None:
    """The folder of a checkpoint, which no screen looks into."""
    (store.run_folder(kept.workspace, run.id) / CHECKPOINT).mkdir()


def _usual(epoch: int) -> Figures:
    accuracy = VALIDATION_ACCURACIES[epoch - 1]
    return 1 / epoch, 0.9, 1 - accuracy, accuracy


def _work_an_epoch(kept, run_id: str, epoch: int, figures: Figures) -> None:
    first = (epoch - 1) * STEPS_PER_EPOCH
    steps = [StepMetrics(first + step, 2.0 / (first + step), 0.5, RATE) for step in range(1, STEPS_PER_EPOCH + 1)]
    metrics = EpochMetrics(epoch, *figures, seconds=2.0, learning_rate=RATE)
    progress.report(kept.database, run_id, steps=steps, epochs=[metrics])
