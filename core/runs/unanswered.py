"""What is said of an inspection that got no answer since its process is gone, and what to do about it."""

import signal

from core.message import Message, say
from core.workspace import Workspace

OUT_OF_MEMORY = (-signal.SIGKILL, -signal.SIGABRT)
"""How a process ends that gets no more memory: killed, or by C++, which then gives up. Negative for a signal."""


def ended_message(workspace: Workspace, exit_code: int | None) -> Message:
    """For a process that is gone; its exit code is known to the process that started it."""
    if exit_code in OUT_OF_MEMORY:
        return out_of_memory_message()
    return say(
        "The process that tried out the net ended without a word. Ask again; if it ends like this again, its log says "
        "more: {log}",
        log=str(workspace.logs / "engine.log"),
    )


def out_of_memory_message() -> Message:
    """For a net that does not fit into what memory is free."""
    return say(
        "Trying out the net took all the memory that this machine has left, so it was ended. Close other programs, or "
        "take a smaller batch size, smaller images or fewer filters and units."
    )


def too_slow_message(seconds: float) -> Message:
    """For a net that was worked on for ``seconds`` without an answer."""
    return say(
        "The net is too slow or too large for a quick probe: there was no answer within {seconds} seconds. Take a "
        "smaller batch size, smaller images or fewer filters and units, or start a run and see how its first epoch "
        "goes.",
        seconds=f"{seconds:.0f}",
    )


def not_ready_message(seconds: float) -> Message:
    """For a process that did not begin within ``seconds``."""
    return say(
        "The process that was to try out the net was not ready within {seconds} seconds, so it was ended. Ask again "
        "when this machine has less to do.",
        seconds=f"{seconds:.0f}",
    )
