"""A training that broke down because its loss was not a finite number any more: how that is said, and known again."""

from core.message import Message, mark, say

_SENTENCE = mark(
    "The training broke down in epoch {epoch}: the loss is not a finite number any more (received {loss}). "
    "The learning rate of {rate:g} is probably too high: try {lower:g}."
)


def breakdown(epoch: int, loss: float, rate: float) -> Message:
    """Why a run failed that had the ``loss`` in ``epoch`` (from 1), at the learning rate ``rate``."""
    return say(_SENTENCE, epoch=epoch, loss=str(loss), rate=rate, lower=rate / 10)


def is_breakdown(message: Message | None) -> bool:
    """Whether the message of a run says that, whatever the epoch, the loss and the rate."""
    return message is not None and message.template == _SENTENCE
