"""One run: from its folder, through the training, to its model files."""

from collections.abc import Callable

import keras

from core.dataset.store import load
from core.runs import progress
from core.runs.database import Database
from core.runs.run import Run
from core.runs.store import run_folder
from core.split import read_assignment
from core.training.build import Parts, assemble, build
from core.training.data import TrainingData, read
from core.training.export_files import save_model
from core.training.loop import Outcome, fit
from core.workspace import Workspace


def carry_out(database: Database, workspace: Workspace, run: Run, should_stop: Callable[[], bool]) -> Outcome:
    """Train ``run``, report its progress to ``database`` and leave the model in its folder, also where it was stopped.

    LayerlabError for everything a user can mend.
    """
    recipe = run.recipe
    keras.utils.set_random_seed(recipe.training.seed)
    parts = assemble(build(recipe), recipe.training)
    data = _read_data(workspace, run, parts)
    progress.describe_model(
        database, run.id, parts.model.count_params(), recipe.training.updates_per_epoch(len(data.train))
    )
    outcome = fit(
        parts,
        data,
        recipe.training,
        on_steps=lambda steps: progress.record_steps(database, run.id, steps),
        on_epoch=lambda metrics: progress.record_epoch(database, run.id, metrics),
        should_stop=should_stop,
    )
    save_model(parts.model, recipe.layers, run_folder(workspace, run.id))
    return outcome


def _read_data(workspace: Workspace, run: Run, parts: Parts) -> TrainingData:
    dataset = load(workspace.datasets, run.dataset_id)
    assignment = read_assignment(run_folder(workspace, run.id) / "split.csv")
    return read(dataset, assignment, run.recipe.image, parts.labels, units=parts.model.output_shape[-1])
