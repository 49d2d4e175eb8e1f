"""A real Streamlit server for a benchmark."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ui import first_visit

ROOT = Path(__file__).parents[1]
END_SECONDS = 20.0


@dataclass(frozen=True)
class Server:
    """Where it answers, and the number of its process."""

    address: str
    pid: int


@contextmanager
def server(script: str, home: Path) -> Iterator[Server]:
    """A server for ``script`` with the workspace ``home``; it ends with the context, and its engine with it."""
    port = _free_port()
    environment = {**os.environ, "LAYERLAB_HOME": str(home)}
    command = [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}", "--server.address=127.0.0.1"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        assert first_visit.visit(address)
        yield Server(address, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(END_SECONDS)
        subprocess.run([sys.executable, "-m", "core.runs.engine", "--stop"], cwd=ROOT, env=environment, check=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
