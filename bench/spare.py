"""The spare worker of an engine: whether there is one to take the next run, and what memory it takes."""

import sys
import time

import psutil

from core.runs.database import Database
from core.runs.readiness import ready_spares

PATIENCE_SECONDS = 180.0
_POLL_SECONDS = 0.05


def wait_until_ready(database: Database) -> int:
    """Returns when a spare worker waits for a run: what it has of the machine's memory then, in bytes."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (spares := ready_spares(database)):
        if time.monotonic() > deadline:
            sys.exit(f"No spare worker was ready within {PATIENCE_SECONDS:.0f} s; LAYERLAB_SPARE may forbid it.")
        time.sleep(_POLL_SECONDS)
    return psutil.Process(spares[0].process.pid).memory_info().rss
