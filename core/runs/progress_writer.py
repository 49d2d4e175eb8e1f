"""Telling the database how far a process is with images, and that it still lives."""

import os
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from sqlalchemy import ColumnElement, update

from core.message import Message
from core.runs.database import Database
from core.runs.process import Process
from core.runs.tables import AnalysisRow, IntakeRow

WRITE_SECONDS = 0.2
HEARTBEAT_SECONDS = 1.0

Tell = Callable[[float, int, int], Message | None]
"""What to say of the progress at a moment (seconds), when so many of so many are done."""


class CalledOffError(Exception):
    """Nobody wants the work any more: somebody has called it off, or it is over for another reason."""


def _tell_nothing(_seconds: float, _done: int, _total: int) -> None:
    """The figures say it all."""


class ProgressWriter:
    """Writes how far the work in a row of ``table`` is, from a thread of its own, and finds out whether it is called
    off: it is when there is no row any more that ``is_wanted``.

    Five times a second at most, when it has changed; once a second in any case, so that the process is known to live.
    At the beginning, the row gets this process.
    """

    def __init__(
        self,
        database: Database,
        table: type[AnalysisRow] | type[IntakeRow],
        *is_wanted: ColumnElement[bool],
        tell: Tell = _tell_nothing,
    ) -> None:
        self._database = database
        self._statement = update(table).where(*is_wanted)
        self._tell = tell
        self._progress = (0, 0)
        self._is_called_off = threading.Event()
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._write_on, name="progress")

    def report(self, done: int, total: int) -> None:
        """``done`` of ``total`` files; costs nothing. Raises CalledOffError when the work is called off."""
        self._progress = (done, total)
        if self._is_called_off.is_set():
            raise CalledOffError

    def __enter__(self) -> Self:
        self._write(process=Process.of(os.getpid()))
        if self._is_called_off.is_set():
            raise CalledOffError
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()
        self._thread.join()

    def _write_on(self) -> None:
        written, written_at = self._progress, time.monotonic()
        while not self._is_over.wait(WRITE_SECONDS):
            if self._progress == written and time.monotonic() - written_at < HEARTBEAT_SECONDS:
                continue
            written, written_at = self._progress, time.monotonic()
            done, total = written
            self._write(done=done, total=total, message=self._tell(written_at, done, total))

    def _write(self, **values: object) -> None:
        with self._database.writing() as session:
            written = session.connection().execute(self._statement.values(heartbeat_at=self._database.now(), **values))
        if not written.rowcount:
            self._is_called_off.set()
