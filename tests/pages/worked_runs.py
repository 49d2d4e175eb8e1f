"""Runs brought as far as a test needs them, by what their worker would tell the database."""

import os

from core.message import Message
from core.recipe import Recipe
from core.runs import progress, queue, store
from core.runs.process import Process
from core.runs.progress import EpochMetrics, StepMetrics
from core.runs.projects import Project
from core.runs.run import Run
from core.runs.states import RunState

STEPS_PER_EPOCH = 3
VALIDATION_ACCURACIES = (0.5, 0.9, 0.8, 0.85, 0.7)


def queued(kept, project: Project, recipe: Recipe | None = None) -> Run:
    """A run of the project's draft, or of ``recipe``, that waits."""
    return store.enqueue(kept.database, kept.workspace, project.id, str(project.dataset_id), recipe or project.draft)


def running(kept, project: Project, epochs: int = 0, recipe: Recipe | None = None) -> Run:
    """A run that has done ``epochs`` epochs and goes on."""
    run = queued(kept, project, recipe)
    assert queue.claim(kept.database, Process.of(os.getpid())) == run.id
    progress.begin(kept.database, run.id, os.getpid())
    progress.describe_model(kept.database, run.id, 35_338, STEPS_PER_EPOCH)
    for epoch in range(1, epochs + 1):
        _work_an_epoch(kept, run.id, epoch)
    return store.get(kept.database, run.id)


def finished(
    kept,
    project: Project,
    epochs: int = 5,
    state: RunState = RunState.COMPLETED,
    message: Message | None = None,
    recipe: Recipe | None = None,
) -> Run:
    """A run that has ended in ``state`` after ``epochs`` epochs."""
    run = running(kept, project, epochs, recipe)
    progress.finish(kept.database, run.id, state, message)
    return store.get(kept.database, run.id)


def _work_an_epoch(kept, run_id: str, epoch: int) -> None:
    first = (epoch - 1) * STEPS_PER_EPOCH
    steps = [StepMetrics(first + step, 2.0 / (first + step), 0.5) for step in range(1, STEPS_PER_EPOCH + 1)]
    progress.record_steps(kept.database, run_id, steps)
    accuracy = VALIDATION_ACCURACIES[epoch - 1]
    metrics = EpochMetrics(epoch, 1 / epoch, 0.9, 1 - accuracy, accuracy, seconds=2.0)
    progress.record_epoch(kept.database, run_id, metrics)
