"""Locks on files. The system releases them when their process ends, however it ends."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from core.workspace import Workspace


class FileLock:
    """A lock on one file, held by this object until `release`. Others may share it when it was taken so."""

    def __init__(self, path: Path, descriptor: int | None = None) -> None:
        """``descriptor`` is that of a lock which the parent process took and passed on."""
        self.path = path
        self._descriptor = descriptor
        if descriptor is not None:
            os.set_inheritable(descriptor, False)

    @property
    def is_held(self) -> bool:
        return self._descriptor is not None

    def acquire(self, *, shared: bool = False, wait: bool = False) -> bool:
        """Takes the lock and says whether it did; with ``wait`` it always does in the end."""
        descriptor = self._open()
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Gives the lock back; one that is not held stays so."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def fileno(self) -> int:
        """The descriptor that holds the lock, for a child process that inherits it."""
        if self._descriptor is None:
            raise ValueError(f"{self.path} is not locked")
        return self._descriptor

    def write(self, text: str) -> None:
        """Puts ``text`` into the file of a lock that is held."""
        os.ftruncate(self.fileno(), 0)
        os.pwrite(self.fileno(), text.encode(), 0)

    def read(self) -> str:
        """What the holder wrote into the file; empty when nobody ever did."""
        return self.path.read_text() if self.path.exists() else ""

    def __enter__(self) -> Self:
        self.acquire(wait=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _open(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        try:
            return os.open(self.path, flags, 0o644)
        except FileNotFoundError:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return os.open(self.path, flags, 0o644)


def engine_lock(workspace: Workspace, descriptor: int | None = None) -> FileLock:
    """Held by the one engine of a workspace; the file names its process."""
    return FileLock(workspace.home / "engine.lock", descriptor)


def web_lock(workspace: Workspace) -> FileLock:
    """Shared by the web processes of a workspace."""
    return FileLock(workspace.home / "web.lock")


def hold_web_lock(workspace: Workspace) -> FileLock:
    """Tells the engine that a web process is there, for as long as the returned lock is kept."""
    lock = web_lock(workspace)
    lock.acquire(shared=True, wait=True)
    return lock


def is_web_alive(workspace: Workspace) -> bool:
    """Whether any web process holds its lock."""
    lock = web_lock(workspace)
    is_free = lock.acquire()
    lock.release()
    return not is_free
