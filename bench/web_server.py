"""A real Streamlit server for a benchmark."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.workspace import Workspace
from ui import first_visit

ROOT = Path(__file__).parents[1]
END_SECONDS = 20.0


@contextmanager
def server(script: str, home: Path) -> Iterator[str]:
    """The address of a server for ``script`` with the workspace ``home``. It ends with the context, as its engine
    does."""
    port = _free_port()
    environment = os.environ | Workspace.at(home).environment()
    command = [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}", "--server.address=127.0.0.1"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        assert first_visit.visit(address)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(END_SECONDS)
        subprocess.run([sys.executable, "-m", "core.runs.engine", "--stop"], cwd=ROOT, env=environment, check=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
