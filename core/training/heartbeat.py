"""The sign of life that a working process gives, and the ear it keeps open for stop requests."""

import traceback
from threading import Event, Thread
from typing import Self

from core.runs import progress
from core.runs.database import Database


class Heartbeat:
    """While entered, a thread writes the time to the database every ``seconds`` and sets ``stop`` when asked to."""

    def __init__(self, database: Database, run_id: str, stop: Event, seconds: float = 1.0) -> None:
        self._database = database
        self._run_id = run_id
        self._stop = stop
        self._seconds = seconds
        self._ended = Event()
        self._thread = Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _beat(self) -> None:
        while True:
            try:
                if progress.heartbeat(self._database, self._run_id):
                    self._stop.set()
            except Exception:  # noqa: BLE001 (a thread's edge: the next beat may succeed, and the training goes on)
                traceback.print_exc()
            if self._ended.wait(self._seconds):
                return
