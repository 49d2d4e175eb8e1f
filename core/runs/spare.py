"""A worker that has no run yet: it imports TensorFlow, then waits on its stdin for what to do, or for the end.

A line ``inspect ID`` has it answer an inspection and wait on; a line with the id of a run, the last one, has it work on
that.
"""

import subprocess
from collections.abc import Mapping, Sequence
from typing import IO, cast

from core.runs.process import Process, python, start, write_line
from core.workspace import Workspace

SPARE_WORKER = tuple(python("core.training.worker", "--spare"))
END_SECONDS = 2.0


class Spare:
    """One waiting worker. It does not outlive whoever started it, unless it has got a run."""

    def __init__(self, command: Sequence[str], workspace: Workspace, environment: Mapping[str, str]) -> None:
        log = workspace.logs / "engine.log"
        self._popen = start(command, workspace, log, stdin=subprocess.PIPE, environment=environment)
        self._stdin = cast(IO[bytes], self._popen.stdin)
        self.process = Process.of(self._popen.pid)

    @property
    def exit_code(self) -> int | None:
        """None while it lives. Asking also reaps it."""
        return self._popen.poll()

    def inspect(self, inspection_id: str) -> None:
        """Has it answer an inspection; it waits on after that."""
        write_line(self._stdin, f"inspect {inspection_id}")

    def hand_over(self, run_id: str) -> subprocess.Popen[bytes]:
        """Tells it to work on ``run_id`` and returns it as the process it now is."""
        write_line(self._stdin, run_id)
        self._stdin.close()
        return self._popen

    def end(self) -> None:
        """Ends and reaps it."""
        self._stdin.close()
        self.process.end(END_SECONDS)
        self._popen.wait()
