"""Finding the file that somebody means by a name, although folder or ending were left out."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath

AMBIGUOUS = ""
"""Instead of a path: several files are called so."""


class NamedFiles:
    """The files ``paths``, to be found from a table that lies in ``folder`` (empty: at the top).

    A name is taken for, in this order: a path from the table's folder, a path from the top, the name of a file in
    whatever folder, each of these without its ending, and all of these in letters of the other case.
    """

    def __init__(self, paths: Sequence[str], folder: str = "") -> None:
        readings = [_from(folder), _as_it_is, _name, _without_ending(_from(folder)), _without_ending(_name)]
        self._levels = [
            *(_index(paths, read) for read in readings),
            *(_index(paths, _folded(read)) for read in readings),
        ]
        self._exact = len(readings)

    def find(self, name: str) -> str | None:
        """The path of the file called ``name``; `AMBIGUOUS` if several are, None if there is none."""
        name = _tidy(name)
        found = None
        for position, level in enumerate(self._levels):
            path = level.get(name if position < self._exact else name.casefold())
            if path:
                return path
            found = path if found is None else found
        return found


def _index(paths: Sequence[str], read: Callable[[str], str | None]) -> dict[str, str]:
    """From what ``read`` makes of each path to the path; `AMBIGUOUS` where it makes the same of several."""
    index: dict[str, str] = {}
    for path, key in _keyed(paths, read):
        index[key] = path if index.get(key, path) == path else AMBIGUOUS
    return index


def _keyed(paths: Sequence[str], read: Callable[[str], str | None]) -> Iterator[tuple[str, str]]:
    for path in paths:
        key = read(path)
        if key:
            yield path, key


def _tidy(name: str) -> str:
    """``.\\cats\\a.png`` as ``cats/a.png``."""
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", "."))


def _from(folder: str) -> Callable[[str], str | None]:
    start = f"{folder}/" if folder else ""
    return lambda path: path.removeprefix(start) if path.startswith(start) else None


def _as_it_is(path: str) -> str:
    return path


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _without_ending(read: Callable[[str], str | None]) -> Callable[[str], str | None]:
    def without(path: str) -> str | None:
        name = read(path)
        return name and name.removesuffix(PurePosixPath(name).suffix)

    return without


def _folded(read: Callable[[str], str | None]) -> Callable[[str], str | None]:
    def folded(path: str) -> str | None:
        name = read(path)
        return name and name.casefold()

    return folded
