"""What a run has left that is not training now: its net, and the weights of its epochs."""

from collections.abc import Sequence
from pathlib import Path

import keras

from core.errors import RunError
from core.message import say
from core.runs.epoch_weights import kept_epochs, weights_of
from core.runs.run import Run
from core.runs.store import get, run_folder
from core.training.build import weight_names
from core.training.export_files import KERAS_FILE
from core.training.question import Question
from core.workspace import Workspace


def resting_run(question: Question) -> Run:
    """The run that ``question`` is about. RunError while its net may change, and where it ended in trouble."""
    run = get(question.database, question.payload["run_id"])
    if run.state.is_trained or run.state.is_paused:
        return run
    raise _no_net(run.id)


def finished_model(workspace: Workspace, run_id: str) -> keras.Model:
    """The net that the run ended with. RunError where there is none."""
    path = run_folder(workspace, run_id) / KERAS_FILE
    if not path.exists():
        raise _no_net(run_id)
    return keras.saving.load_model(path, compile=False, safe_mode=True)


def epochs_to_look_back_at(folder: Path) -> Sequence[int]:
    """The epochs, ascending, whose weights the ``folder`` of a run has. RunError where it has none."""
    epochs = kept_epochs(folder)
    if epochs:
        return epochs
    raise RunError(
        say(
            "Of the run {name} no epochs are kept: it ended within the first one, or is older than this feature. Look "
            "at its finished net, or train it again.",
            name=folder.name,
        )
    )


def take_back(model: keras.Model, folder: Path, epoch: int) -> None:
    """Gives ``model``, that of a run, the weights that it had after ``epoch``. RunError where they are not kept."""
    weights = weights_of(folder, epoch)
    model.set_weights([weights[name] for name in weight_names(model)])


def _no_net(run_id: str) -> RunError:
    return RunError(
        say(
            "The run {name} has no trained net to look into. Wait until it has ended, or look into another run.",
            name=run_id,
        )
    )
