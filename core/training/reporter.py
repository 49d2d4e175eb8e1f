"""What a training has to say, and what people want of it: carried between the loop and the database by a thread."""

import traceback
from collections.abc import Sequence
from threading import Event, Lock, Thread
from typing import Self

from core.runs.database import Database
from core.runs.progress import EpochMetrics, Live, Orders, RateChange, StepMetrics, report


class Reporter:
    """While entered, a thread reports every ``seconds`` what was said meanwhile, which is the run's sign of life too.

    So that the training does not wait for the database, except before a checkpoint. What could not be written is
    written the next time; the last time, when it is left in peace, the error is raised. ``stop`` set has the training
    stop, whoever sets it.
    """

    def __init__(self, database: Database, run_id: str, stop: Event, seconds: float = 0.2) -> None:
        self._database = database
        self._run_id = run_id
        self._stop = stop
        self._seconds = seconds
        self._lock, self._reporting = Lock(), Lock()
        self._unsaid = _Unsaid()
        self._orders = Orders(stop=False, pause=False)
        self._ended = Event()
        self._thread = Thread(target=self._report_again_and_again, name="reporter", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        if kind is None:
            self._report()
        else:
            self._report_if_possible()

    def on_steps(self, steps: Sequence[StepMetrics], live: Live) -> None:
        """These steps were done."""
        with self._lock:
            self._unsaid.steps += steps
            self._unsaid.live = live

    def on_epoch(self, epoch: EpochMetrics) -> None:
        """This epoch was done, and all its steps were told."""
        with self._lock:
            self._unsaid.epochs.append(epoch)

    def on_rate_change(self, change: RateChange) -> None:
        """This change was applied."""
        with self._lock:
            self._unsaid.applied.append(change)

    def on_checkpoint(self) -> None:
        """Reports what was said, so that a process that is killed behind the checkpoint leaves no gap in the curves."""
        self._report_if_possible()

    def orders(self) -> Orders:
        """What people wanted when the last report was made."""
        return Orders(stop=True, pause=False) if self._stop.is_set() else self._orders

    def _report_again_and_again(self) -> None:
        self._report_if_possible()
        while not self._ended.wait(self._seconds):
            self._report_if_possible()

    def _report_if_possible(self) -> None:
        try:
            self._report()
        except Exception:  # noqa: BLE001 (a thread's edge: the next report may succeed, and the training goes on)
            traceback.print_exc()

    def _report(self) -> None:
        with self._reporting:
            with self._lock:
                said, self._unsaid = self._unsaid, _Unsaid()
            try:
                self._orders = report(self._database, self._run_id, **vars(said))
            except BaseException:
                with self._lock:
                    self._unsaid = said.followed_by(self._unsaid)
                raise


class _Unsaid:
    """What was not reported yet."""

    def __init__(self) -> None:
        self.steps: list[StepMetrics] = []
        self.epochs: list[EpochMetrics] = []
        self.applied: list[RateChange] = []
        self.live: Live | None = None

    def followed_by(self, later: "_Unsaid") -> "_Unsaid":
        for name in ("steps", "epochs", "applied"):
            getattr(self, name).extend(getattr(later, name))
        self.live = later.live or self.live
        return self
