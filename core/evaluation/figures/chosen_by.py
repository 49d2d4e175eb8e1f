"""What was chosen by the validation images, so that the figure on them flatters; in words."""

from collections.abc import Iterator, Sequence
from functools import reduce

from core.message import Message, say
from core.runs.run import Run
from core.runs.states import RunState


def chosen_by(run: Run, of_project: Sequence[Run]) -> Message | None:
    """What was chosen by the validation images of ``run``, one of the runs ``of_project``; None where nothing was."""
    reasons = list(_reasons(run, of_project))
    if not reasons:
        return None
    told = reduce(lambda first, second: say("{first} {second}", first=first, second=second), reasons)
    return say(
        "{reasons} So this figure flatters: expect less on new images. A test set that is opened once tells without "
        "flattering.",
        reasons=told,
    )


def _reasons(run: Run, of_project: Sequence[Run]) -> Iterator[Message]:
    if run.kept_epoch is not None and run.epoch > 1:
        yield say("The net of epoch {epoch:,} was kept, as the best on these images.", epoch=run.kept_epoch)
    if run.recipe.training.early_stopping and run.state is RunState.COMPLETED and run.epoch < run.epochs:
        yield say("These images told when to stop the training.")
    runs = sum(_is_judged_alike(run, other) for other in of_project)
    if runs > 1:
        yield say("{runs:,} runs of this project can be compared by these images, and the best one chosen.", runs=runs)


def _is_judged_alike(run: Run, other: Run) -> bool:
    """Whether the model of ``other`` is judged on the same images."""
    is_same = (other.dataset_id, other.recipe.split) == (run.dataset_id, run.recipe.split)
    return is_same and other.state.is_trained
