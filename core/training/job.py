"""One run: from its folder, through the training, to its model files."""

from threading import Event

import keras
import tensorflow as tf

from core.dataset.store import Dataset, load
from core.objective.number_scale import NumberScale
from core.recipe import Recipe
from core.runs import progress
from core.runs.database import Database
from core.runs.epoch_answers import forget_answers
from core.runs.run import Run
from core.runs.store import run_folder
from core.runs.threads import Threads
from core.split import Assignment, read_assignment
from core.training import checkpoint
from core.training.build import Parts, assemble, build, with_answers_in_units
from core.training.checkpoint import Checkpoints, Interval
from core.training.data import TrainingData, number_scale, read
from core.training.devices import graphics_processors, strategy
from core.training.epoch_files import EpochFiles
from core.training.export_files import save_model
from core.training.loop import Result, fit
from core.training.precision import policy_of, using
from core.training.reporter import Reporter
from core.workspace import Workspace


def carry_out(database: Database, workspace: Workspace, run: Run, stop: Event, interval: Interval) -> Result:
    """Train ``run``, or go on with it from its checkpoint, and report its progress to ``database``.

    The model is in its folder at the end, also where it was stopped or paused. LayerlabError for everything a user can
    mend.
    """
    folder = run_folder(workspace, run.id)
    checkpoints = Checkpoints(folder / checkpoint.FOLDER, interval)
    dataset, assignment = load(workspace.datasets, run.dataset_id), read_assignment(folder / "split.csv")
    parts = prepare(run.recipe, number_scale(dataset, assignment, run.recipe.training), run.threads)
    data = data_for(parts, run.recipe, dataset, assignment)
    steps_per_epoch = run.recipe.training.updates_per_epoch(len(data.train))
    progress.describe_model(database, run.id, parts.model.count_params(), steps_per_epoch)
    epoch_files = EpochFiles.of(folder, parts.model, run.recipe.training.epochs)
    _rewind(database, run, checkpoints, epoch_files)
    with Reporter(database, run.id, stop) as reporter:
        result = fit(parts, data, run.recipe.training, reporter, checkpoints, epoch_files=epoch_files)
        model = with_answers_in_units(plain_model(parts, run.recipe), parts.numbers)
        save_model(model, run.recipe.layers, folder)
    return result


def prepare(recipe: Recipe, numbers: NumberScale | None = None, threads: int | None = None) -> Parts:
    """What ``recipe`` needs to be trained, on the devices and in the precision that are right for it; ``numbers`` where
    they are to be predicted; ``threads`` where not as many cores are to be used as this process was started for.

    The first weights, and all random numbers that follow, come from its seed alone.
    """
    keras.utils.set_random_seed(recipe.training.seed)
    with strategy().scope(), using(policy_of(recipe.training)):
        return assemble(build(recipe), recipe.training, recipe.augmentation, numbers, _shares(recipe, threads))


def _shares(recipe: Recipe, threads: int | None) -> int:
    """Into how many parts a batch is divided here. Graphics processors get it as a whole, or each its replica's."""
    if graphics_processors() or tf.distribute.get_strategy().num_replicas_in_sync > 1:
        return 1
    return Threads.for_recipe(recipe, threads or Threads.from_environment().count).shares


def data_for(parts: Parts, recipe: Recipe, dataset: Dataset, assignment: Assignment) -> TrainingData:
    """The training and validation images of ``dataset`` as ``parts``, made of ``recipe``, want them."""
    units = parts.model.output_shape[-1]
    weights = recipe.training.class_weights
    return read(dataset, assignment, recipe.image, parts.labels, units, weights, parts.numbers)


def plain_model(parts: Parts, recipe: Recipe) -> keras.Model:
    """The model as anybody can load and run it: on one device, in float32."""
    if parts.share.replicas == 1 and all(layer.dtype_policy.name == "float32" for layer in parts.model.layers):
        return parts.model
    model = build(recipe)
    model.set_weights(parts.model.get_weights())
    return model


def _rewind(database: Database, run: Run, checkpoints: Checkpoints, epoch_files: EpochFiles) -> None:
    """What was reported and kept after the last checkpoint will be done, reported and kept again."""
    snapshot = checkpoints.read()
    epoch, step = (0, 0) if snapshot is None else (snapshot.content["epoch"], snapshot.content["step"])
    if run.step or run.epoch or step:
        progress.rewind(database, run.id, epoch, step)
    epoch_files.forget_after(epoch)
    forget_answers(epoch_files.folder)
