"""What memory this process takes, watched while it works."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import psutil
import tensorflow as tf

SAMPLE_SECONDS = 0.01
LEAST_AVAILABLE_BYTES = 256 * 2**20
_DEVICE = "CPU:0"


def resident_bytes() -> int:
    """What this process has of the machine's memory."""
    return psutil.Process().memory_info().rss


def available_bytes() -> int:
    """What the machine can still give without swapping."""
    return psutil.virtual_memory().available


class PeakMemory:
    """The most that this process took at a time while it was watched, beyond what it had before.

    TensorFlow keeps memory that it once had, so that a process does not grow for the second of two nets. Its own count
    of what it hands out tells of the second too, but of large tensors only.
    """

    def __init__(self) -> None:
        self._resident_before = self._most_resident = resident_bytes()
        self._allocated_before = self._most_allocated = _reset_allocated_bytes()

    @property
    def added_bytes(self) -> int:
        resident = self._most_resident - self._resident_before
        return max(resident, self._most_allocated - self._allocated_before)

    def look(self) -> None:
        """Takes in what it is now."""
        self._most_resident = max(self._most_resident, resident_bytes())
        self._most_allocated = max(self._most_allocated, _allocated_bytes("peak"))


@contextmanager
def watched() -> Iterator[PeakMemory]:
    """While entered, a thread looks at the memory again and again."""
    peak = PeakMemory()
    with _again_and_again(peak.look):
        yield peak
    peak.look()


@contextmanager
def ending_before_memory_does(least_available_bytes: int = LEAST_AVAILABLE_BYTES) -> Iterator[None]:
    """While entered, kills this process when the machine has less than ``least_available_bytes`` left.

    Otherwise the system would have to kill one, and that could be a training.
    """

    def look() -> None:
        if available_bytes() < least_available_bytes:
            os.kill(os.getpid(), signal.SIGKILL)

    with _again_and_again(look):
        yield


@contextmanager
def _again_and_again(act: Callable[[], None]) -> Iterator[None]:
    ended = Event()

    def repeat() -> None:
        while not ended.wait(SAMPLE_SECONDS):
            act()

    thread = Thread(target=repeat, name="memory", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _allocated_bytes(moment: str) -> int:
    """What TensorFlow's tensors take: ``current`` or ``peak``; 0 where its build does not count."""
    try:
        return tf.config.experimental.get_memory_info(_DEVICE)[moment]
    except (ValueError, RuntimeError, tf.errors.OpError):
        return 0


def _reset_allocated_bytes() -> int:
    """Makes the peak what is allocated now, and returns that."""
    try:
        tf.config.experimental.reset_memory_stats(_DEVICE)
    except (ValueError, RuntimeError, tf.errors.OpError):
        return 0
    return _allocated_bytes("current")
