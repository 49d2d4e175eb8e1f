"""The spare worker of an engine: whether there is one to take the next run, and what memory it takes."""

import sys
import time

import psutil

from core.workspace import Workspace

READY = "ready"
"""The line of a spare worker that has TensorFlow imported, in the log of the engine."""

PATIENCE_SECONDS = 180.0
_POLL_SECONDS = 0.05
_MARK = "--spare"


def wait_until_ready(workspace: Workspace, after_runs: int) -> None:
    """Returns when a spare worker waits, in a workspace where ``after_runs`` runs have each taken one so far."""
    log = workspace.logs / "engine.log"
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not log.exists() or log.read_text(errors="replace").splitlines().count(READY) <= after_runs:
        if time.monotonic() > deadline:
            sys.exit(f"No spare worker was ready within {PATIENCE_SECONDS:.0f} s. {log} says why.")
        time.sleep(_POLL_SECONDS)


def resident_bytes(ancestor_pid: int) -> int:
    """What the youngest spare worker below the process ``ancestor_pid`` has of the machine's memory."""
    processes = psutil.Process(ancestor_pid).children(recursive=True)
    spares = [process for process in processes if _MARK in process.cmdline()]
    return max(spares, key=psutil.Process.create_time).memory_info().rss
