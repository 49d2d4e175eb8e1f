"""Stands in for a web process: tells the engine that it is there and sees to it, again and again, that there is one."""

import time

from core.runs.engine import ensure_engine
from core.runs.locks import hold_web_lock
from core.workspace import Workspace

LOOK_SECONDS = 0.1


def main() -> None:
    """Works until it is ended."""
    workspace = Workspace.from_environment()
    lock = hold_web_lock(workspace)
    while lock.is_held:
        ensure_engine(workspace)
        time.sleep(LOOK_SECONDS)


if __name__ == "__main__":
    main()
