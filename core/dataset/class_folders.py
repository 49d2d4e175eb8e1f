"""Which class an image belongs to: the folder that it lies in."""

from collections.abc import Sequence
from itertools import takewhile


def class_folders(paths: Sequence[str]) -> list[str | None]:
    """For every path the name of its class folder, or None for a file that lies in none.

    Folders around all images are passed over as long as a folder remains below: ``pets/cats/a.png`` and
    ``pets/dogs/b.png`` have the classes cats and dogs. Folders inside a class folder stay in its class. Files beside
    the class folders do not count in finding them.
    """
    parents = [path.split("/")[:-1] for path in paths]
    in_folders = [parent for parent in parents if parent]
    deepest = max(map(len, in_folders), default=0)
    position = min(_shared(in_folders), deepest - 1)
    return [parent[position] if 0 <= position < len(parent) else None for parent in parents]


def _shared(parents: list[list[str]]) -> int:
    """How many folders, from the top, all paths have in common."""
    columns = zip(*parents, strict=False)  # as deep as the shortest
    return sum(1 for _ in takewhile(lambda names: len(set(names)) == 1, columns))
