"""The log of a run: what its process, and the libraries in it, have written."""

import re
from pathlib import Path
from typing import Final

from core.runs.store import run_folder
from core.workspace import Workspace

LAST_LINES: Final = 200
MOST_BYTES: Final = 128 * 1024
"""How much of a log is read for its last lines, however large it is."""

_TERMINAL_CODE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_REWRITTEN = re.compile(r"[\r\b]+")


def log_path(workspace: Workspace, run_id: str) -> Path:
    """Where the process of a run writes; the file is there once the process has begun."""
    return run_folder(workspace, run_id) / "worker.log"


def tail(path: Path, lines: int = LAST_LINES, most_bytes: int = MOST_BYTES) -> str:
    """The last ``lines`` lines of the file in plain text, the newest last; empty where there are none, or no file.

    Colours are left out, and of a line that was written over and over, such as a progress bar, only the last state is
    shown. Of a file beyond ``most_bytes`` only its end is read, from the first whole line on.
    """
    written = _end_of(path, most_bytes).decode(errors="replace").rstrip().split("\n")
    return "\n".join(_as_seen(line) for line in written[-lines:])


def _end_of(path: Path, most_bytes: int) -> bytes:
    if not path.is_file():
        return b""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - most_bytes))
        read = file.read(most_bytes)
    if size <= most_bytes or b"\n" not in read:
        return read
    return read.split(b"\n", 1)[1]


def _as_seen(line: str) -> str:
    states = [state for state in _REWRITTEN.split(_TERMINAL_CODE.sub("", line)) if state.strip()]
    return states[-1] if states else ""
