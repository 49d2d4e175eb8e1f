"""What is said of a run that was lost, and what to do about it."""

import signal

from core.message import Message, say
from core.workspace import Workspace


def ended_message(workspace: Workspace, run_id: str, exit_code: int | None) -> Message:
    """For a process that is gone; its exit code is known to the process that started it, and negative for a signal."""
    if exit_code == -signal.SIGKILL:
        return say(
            "The training process was killed, most likely because memory ran out. What it had measured is kept. Close "
            "other programs or take a smaller batch size or image size, and start a new run."
        )
    return say(
        "The training process ended without a word. What it had measured is kept. Start a new run; if it ends like "
        "this again, its log says more: {log}",
        log=_log(workspace, run_id),
    )


def silent_message(workspace: Workspace, run_id: str, seconds: float) -> Message:
    """For a process of which nothing was heard for ``seconds``."""
    return say(
        "Nothing was heard of the training process for {seconds} seconds, so it was ended. What it had measured is "
        "kept. Start a new run; if it happens again, its log says more: {log}",
        seconds=f"{seconds:.0f}",
        log=_log(workspace, run_id),
    )


def shut_down_message() -> Message:
    """For a process that did not end in time when Layerlab was shut down."""
    return say(
        "Layerlab was shut down while this run was training, and it did not stop in time. What it had measured is "
        "kept. Start a new run."
    )


def _log(workspace: Workspace, run_id: str) -> str:
    return str(workspace.runs / run_id / "worker.log")
