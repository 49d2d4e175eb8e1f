"""The engine's spare worker over its lives, and the inspections that it answers while it waits for a run."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from core.message import Message
from core.runs.database import Database
from core.runs.inspection_queue import OpenInspection, claim, fail, open_inspections
from core.runs.liveness import Sign, sign_of_life
from core.runs.process import Process
from core.runs.spare import Spare
from core.runs.unanswered import ended_message, not_ready_message, too_slow_message
from core.workspace import Workspace

PAUSE_AFTER_FAILED_SPARE = timedelta(seconds=60)
INSPECTION_SECONDS = 30.0
IMPORT_SECONDS = 300.0
KILL_SECONDS = 5.0


class Standby:
    """At most one spare worker, with at most one inspection in hand; while it has that, it can take no run.

    Whether it is free again is in the database, where the worker says so itself. ``environment`` is asked for the
    variables of each new worker.
    """

    def __init__(
        self,
        workspace: Workspace,
        database: Database,
        worker: Sequence[str],
        environment: Callable[[], Mapping[str, str]],
    ) -> None:
        self._workspace = workspace
        self._database = database
        self._worker = worker
        self._environment = environment
        self._spare: Spare | None = None
        self._exit_code: int | None = None
        self._is_busy = False
        self._handed_at = self._no_spare_before = database.now()

    @property
    def process(self) -> Process | None:
        """The process of the spare worker."""
        return None if self._spare is None else self._spare.process

    def look_after(self, now: datetime, awake_since: datetime) -> bool:
        """Notices what became of the worker and the inspections since the last turn; says whether one of them waits.

        ``awake_since`` is when the machine last woke up, or when the engine began: no silence is older.
        """
        self._exit_code = None if self._spare is None else self._spare.exit_code  # once, for all that follows from it
        inspections = open_inspections(self._database, self.process if self._is_busy else None)
        for inspection in inspections:
            if inspection.state.is_working:
                self._give_up_if_lost(inspection, now, awake_since)
        in_hand = [each for each in inspections if each.process and each.process == self.process]
        self._is_busy = bool(in_hand)
        self._notice_dead_spare(now, has_inspected=any(each.has_begun for each in in_hand))
        return any(inspection.state.is_waiting for inspection in inspections)

    def keep(self, now: datetime) -> None:
        """Sees to it that there is a spare worker, unless the last one died a moment ago."""
        if self._spare is None and now >= self._no_spare_before:
            self._spare = self._new_spare()

    def dismiss(self) -> None:
        """Sees to it that there is no spare worker, unless it has an inspection in hand."""
        if not self._is_busy:
            self.close()

    def inspect_next(self, now: datetime) -> None:
        """Hands the oldest inspection that waits to the spare worker, where that is free."""
        if self._spare is None or self._is_busy:
            return
        inspection_id = claim(self._database, self._spare.process)
        if inspection_id is not None:
            self._spare.inspect(inspection_id)
            self._is_busy, self._handed_at = True, now

    def take(self) -> Spare | None:
        """A worker for a run, which `put_back` takes back; none while the spare worker has an inspection in hand."""
        if self._is_busy:
            return None
        spare, self._spare = self._spare or self._new_spare(), None
        return spare

    def put_back(self, spare: Spare) -> None:
        """For a worker from `take` that got no run."""
        self._spare = spare

    def close(self) -> None:
        """Ends the spare worker. An inspection that it has in hand is given up by the next engine."""
        spare, self._spare = self._spare, None
        self._is_busy = False
        if spare is not None:
            spare.end()

    def _new_spare(self) -> Spare:
        return Spare(self._worker, self._workspace, self._environment())

    def _give_up_if_lost(self, inspection: OpenInspection, now: datetime, awake_since: datetime) -> None:
        """Fails an inspection whose process is gone, or takes too long; the latter is ended too."""
        message = self._why_lost(inspection, now, awake_since)
        if message is not None and fail(self._database, inspection.id, message) and inspection.process is not None:
            inspection.process.end(KILL_SECONDS)

    def _why_lost(self, inspection: OpenInspection, now: datetime, awake_since: datetime) -> Message | None:
        since = max(inspection.started_at or self._handed_at, awake_since)
        limit_seconds = INSPECTION_SECONDS if inspection.has_begun else IMPORT_SECONDS
        sign = sign_of_life(inspection.process, since, now, limit_seconds)
        if sign is Sign.GONE:
            return self._why_gone(inspection.process)
        if sign is Sign.SILENT:
            return (too_slow_message if inspection.has_begun else not_ready_message)(limit_seconds)
        return None

    def _why_gone(self, process: Process | None) -> Message | None:
        """None yet for the spare worker until it is reaped, which takes a while where it had much memory."""
        if process != self.process:
            return ended_message(self._workspace, exit_code=None)
        return None if self._exit_code is None else ended_message(self._workspace, self._exit_code)

    def _notice_dead_spare(self, now: datetime, has_inspected: bool) -> None:
        """A spare worker that ended by itself is not replaced at once: the next one may not live either.

        One that an inspection ended, or left too large to go on, was well before that.
        """
        if self._exit_code is None:
            return
        self.close()
        if not has_inspected:
            self._no_spare_before = now + PAUSE_AFTER_FAILED_SPARE
