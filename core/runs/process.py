"""Operating-system processes, named so that a reused number is not taken for the process it once was."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import IO, Self

import core
from core.workspace import Workspace

PROJECT_ROOT = Path(core.__file__).parents[1]
_PROC = Path("/proc")
_DEAD_STATES = ("Z", "X")


@dataclass(frozen=True)
class Process:
    """A process for good: its machine, its number, and when it began (as that machine writes it)."""

    host: str
    pid: int
    began: str

    @classmethod
    def of(cls, pid: int) -> Self:
        """The process with the number ``pid`` on this machine now. One that is gone already is dead from the start."""
        return cls(socket.gethostname(), pid, _began(pid) or "gone")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads what `str` wrote."""
        host, pid, began = text.split(" ", 2)
        return cls(host, int(pid), began)

    def __str__(self) -> str:
        return f"{self.host} {self.pid} {self.began}"

    @property
    def is_here(self) -> bool:
        """Whether it belongs to this machine, so that its life can be judged."""
        return self.host == socket.gethostname()

    @property
    def is_alive(self) -> bool:
        """Whether this very process still runs here. A zombie does not."""
        return self.is_here and _began(self.pid) == self.began

    def end(self, patience_seconds: float) -> None:
        """Asks it to end and, after ``patience_seconds``, makes it. Does nothing when it is gone or elsewhere."""
        self._signal(signal.SIGTERM)
        deadline = time.monotonic() + patience_seconds
        while self.is_alive and time.monotonic() < deadline:
            time.sleep(0.02)
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        if not self.is_alive:
            return
        try:
            os.kill(self.pid, number)
        except ProcessLookupError:
            return


def python(module: str, *arguments: str) -> list[str]:
    """The command line that runs a module of this project."""
    return [sys.executable, "-m", module, *arguments]


def start(
    command: Sequence[str],
    workspace: Workspace,
    log: Path,
    *,
    stdin: int = subprocess.DEVNULL,
    pass_fds: Sequence[int] = (),
    environment: Mapping[str, str] = MappingProxyType({}),
) -> subprocess.Popen[bytes]:
    """Starts ``command`` in a session of its own, out of the terminal's reach; its output goes to ``log``.

    It gets the variables of this process, those of ``workspace`` and those of ``environment``.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            cwd=PROJECT_ROOT,
            env={**os.environ, **workspace.environment(), **environment},
            stdin=stdin,
            stdout=output,
            stderr=output,
            pass_fds=pass_fds,
            start_new_session=True,
        )


def start_detached(
    command: Sequence[str],
    workspace: Workspace,
    log: Path,
    *,
    pass_fds: Sequence[int] = (),
    environment: Mapping[str, str] = MappingProxyType({}),
) -> Process:
    """As `start`, for a process that is left to itself. It is reaped when it ends, so that it stays no zombie."""
    process = start(command, workspace, log, pass_fds=pass_fds, environment=environment)
    threading.Thread(target=process.wait, name=f"reaper of {process.pid}", daemon=True).start()
    return Process.of(process.pid)


def write_line(stream: IO[bytes], line: str) -> None:
    """Writes one line to a process at once. A process that is gone already reads nothing."""
    try:
        os.write(stream.fileno(), f"{line}\n".encode())
    except BrokenPipeError:
        return


def _began(pid: int) -> str | None:
    """When process ``pid`` began; none when there is no such process, or only its zombie."""
    return _began_by_proc(pid) if _PROC.joinpath("self/stat").exists() else _began_by_ps(pid)


def _began_by_proc(pid: int) -> str | None:
    """Field 22 of ``/proc/<pid>/stat`` (proc(5)): clock ticks since the machine started."""
    try:
        stat = _PROC.joinpath(str(pid), "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] in _DEAD_STATES else fields[19]


def _began_by_ps(pid: int) -> str | None:
    answer = subprocess.run(["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    state, _, began = answer.stdout.strip().partition(" ")
    return None if not state or state.startswith(_DEAD_STATES) else began.strip()
