"""What comes of a run: which weights its model has or will have, and where it goes on when it is continued."""

from core.message import Message, mark, say
from core.runs.run import Run
from ui.run_states import is_completed

_WILL_HAVE = {
    None: mark("The model will be that of the last epoch."),
    "val_loss": mark("The model will be that of the epoch with the lowest validation loss."),
    "val_accuracy": mark("The model will be that of the epoch with the highest validation accuracy."),
}
_HAS = {
    "val_loss": mark("The model is that of epoch {epoch:,}, with the lowest validation loss."),
    "val_accuracy": mark("The model is that of epoch {epoch:,}, with the highest validation accuracy."),
}


def outlook(run: Run, parent: Run | None, *, has_checkpoint: bool) -> list[Message]:
    """The sentences below the progress of ``run``; ``parent`` is the run that it trains further, if that is there."""
    sentences = [lineage(parent)] if parent else []
    if not run.is_resumable or run.state.is_trained:
        sentences += _model(run)
    if run.is_resumable:
        sentences.append(_continued(run, has_checkpoint=has_checkpoint))
    return sentences


def lineage(parent: Run) -> Message:
    """Where a run that trains ``parent`` further began."""
    return say("It continues run {number} from epoch {epoch:,}.", number=parent.number, epoch=parent.epoch)


def _model(run: Run) -> list[Message]:
    if not run.state.is_trained:
        return [say(_WILL_HAVE[run.recipe.training.keep_best])]
    if run.kept_epoch is not None:  # of a run that did not come to its end, the best epoch is kept in any case
        return [say(_HAS[run.recipe.training.keep_best or "val_loss"], epoch=run.kept_epoch)]
    if is_completed(run):
        return [say("The model is that of epoch {epoch:,}.", epoch=run.epoch)]
    return [say("The model is that of update {step:,}.", step=run.step)] if run.step else []


def _continued(run: Run, *, has_checkpoint: bool) -> Message:
    if not run.step:
        return say("Continue puts it into the queue again.")
    if not has_checkpoint:
        return say("It left no checkpoint: Continue has it begin anew.")
    if run.state.is_trouble:
        return say(
            "Continue goes on from its last checkpoint, shortly before update {step:,}, as if nothing had happened.",
            step=run.step,
        )
    return say("Continue goes on from update {step:,}, as if it had never stopped.", step=run.step)
