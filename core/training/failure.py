"""Why a training failed, in a sentence that its user can do something with."""

import errno
from collections.abc import Callable
from pathlib import Path

from core.errors import LayerlabError
from core.message import Message, say


def explain(error: BaseException, log: Path) -> Message:
    """The sentence for ``error``; ``log`` is the file that holds its traceback."""
    if isinstance(error, LayerlabError):
        return error.message
    for is_meant, sentence in _KNOWN:
        if is_meant(error):
            return sentence
    return say(
        "The training failed because of an error in Layerlab: {kind}: {reason}. The log is in {log}.",
        kind=type(error).__name__,
        reason=first_line(error),
        log=str(log),
    )


def is_out_of_memory(error: BaseException) -> bool:
    """Whether Python or TensorFlow got no memory. TensorFlow does not have to be imported for the question."""
    # TensorFlow's error is known by its name: this module has to explain also why TensorFlow could not be imported.
    return isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError"


def _is_full_disk(error: BaseException) -> bool:
    return isinstance(error, OSError) and error.errno == errno.ENOSPC


_KNOWN: tuple[tuple[Callable[[BaseException], bool], Message], ...] = (
    (
        is_out_of_memory,
        say(
            "The memory of this machine was not enough for the training. Try a smaller batch size, smaller images or a "
            "net with fewer filters and units."
        ),
    ),
    (
        _is_full_disk,
        say("The disk is full, so the run's files could not be written. Free some space and start the run again."),
    ),
)


def first_line(error: BaseException) -> str:
    """What ``error`` says, without the traces and hints that TensorFlow and Keras put below it."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else "no reason given"
