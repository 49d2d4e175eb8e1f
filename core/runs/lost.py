"""What is said of a run that was lost, and what to do about it."""

import signal

from core.message import Message, say
from core.workspace import Workspace

NATIVE_CRASHES = {signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT, signal.SIGILL, signal.SIGFPE}
"""How a process ends by a fault in TensorFlow, in a driver or in the machine, which Python has no word for."""


def ended_message(workspace: Workspace, run_id: str, exit_code: int | None) -> Message:
    """For a process that is gone; its exit code is known to the process that started it, and negative for a signal."""
    number = -exit_code if exit_code is not None else 0
    if number == signal.SIGKILL:
        return _killed(_log(workspace, run_id))
    if number in NATIVE_CRASHES:
        return _crashed(signal.Signals(number).name, _log(workspace, run_id))
    return say(
        "The training process ended without a word. What it had measured is kept. Continue the run from its last "
        "checkpoint; if it ends like this again, its log says more: {log}",
        log=_log(workspace, run_id),
    )


def silent_message(workspace: Workspace, run_id: str, seconds: float) -> Message:
    """For a process of which nothing was heard for ``seconds``."""
    return say(
        "Nothing was heard of the training process for {seconds} seconds, so it was ended. What it had measured is "
        "kept. Continue the run from its last checkpoint; if it happens again, its log says more: {log}",
        seconds=f"{seconds:.0f}",
        log=_log(workspace, run_id),
    )


def shut_down_message() -> Message:
    """For a process that did not end in time when Layerlab was shut down."""
    return say(
        "Layerlab was shut down while this run was training, and it did not stop in time. What it had measured is "
        "kept. Continue the run from its last checkpoint."
    )


def _killed(log: str) -> Message:
    return say(
        "The training process was killed, most likely because memory ran out, or else by somebody. What it had "
        "measured is kept. Close other programs, then continue the run from its last checkpoint; if it is killed "
        "again, take a smaller batch size or smaller images in a new run. Its log: {log}",
        log=log,
    )


def _crashed(name: str, log: str) -> Message:
    return say(
        "The training process crashed in native code (signal {signal}). What it had measured is kept. Continue the run "
        "from its last checkpoint; if it crashes again, try another batch size or fewer layers in a new run. Its log "
        "says more: {log}",
        signal=name,
        log=log,
    )


def _log(workspace: Workspace, run_id: str) -> str:
    return str(workspace.runs / run_id / "worker.log")
