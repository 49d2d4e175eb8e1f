"""The real engine with fake workers: ``python -m tests.core.runs.fake_engine BEHAVIOUR [--lock DESCRIPTOR]``.

It notes its process in the file ``engines`` of the workspace.
"""

import os
import sys

from core.runs.engine import serve
from core.runs.locks import engine_lock
from core.runs.process import Process
from core.workspace import Workspace
from tests.core.runs.builders import fake_worker

if __name__ == "__main__":
    behaviour, *lock = sys.argv[1:]
    workspace = Workspace.from_environment()
    with (workspace.home / "engines").open("a") as engines:
        engines.write(f"{Process.of(os.getpid())}\n")
    serve(workspace, engine_lock(workspace, int(lock[1]) if lock else None), fake_worker(behaviour))
