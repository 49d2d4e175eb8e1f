"""What the intake reads: a name and members, one by one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NoReturn

from core.dataset.limits import Limits
from core.dataset.refused_file_error import RefusedFileError
from core.message import Message


@dataclass(frozen=True)
class Known:
    """What a source knows of an image besides its pixels.

    ``class_name``: its class, where that is not the folder that it lies in; ``value``: the number that is to be
    predicted instead of a class. ``group``: what it must not be separated from, such as its patient. ``part``: the side
    of the split that its maker has put it on, ``train``, ``validation`` or ``test``.
    """

    class_name: str | None = None
    value: float | None = None
    group: str = ""
    part: str = ""


@dataclass(frozen=True)
class Member:
    """A file of a source. ``path`` is NFC-normalised with ``/`` between folders.

    ``read()`` gives its bytes; it raises RefusedFileError for a file that cannot be used.
    """

    path: str
    read: Callable[[], bytes]
    known: Known = Known()


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
