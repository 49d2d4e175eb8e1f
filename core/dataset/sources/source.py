"""What the intake reads: a name and members, one by one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NoReturn

from core.dataset.limits import Limits
from core.dataset.refused_file_error import RefusedFileError
from core.message import Message


@dataclass(frozen=True)
class Member:
    """A file of a source. ``path`` is NFC-normalised with ``/`` between folders.

    ``read()`` gives its bytes; it raises RefusedFileError for a file that cannot be used.
    """

    path: str
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Source:
    """``files`` members under the name that the dataset gets. ``members()`` walks them in a fixed order;
    a member is to be read before the next one is asked for."""

    name: str
    files: int
    members: Callable[[], Iterator[Member]]
    limits: Limits


def unusable(path: str, reason: Message) -> Member:
    """A member that is refused without a look into it."""

    def refuse() -> NoReturn:
        raise RefusedFileError(reason)

    return Member(path, refuse)
