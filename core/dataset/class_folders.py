"""Which class an image belongs to, and which side of a split: the folders that it lies in."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from core.dataset.given_part import given_part


@dataclass(frozen=True)
class Place:
    """``class_name``: the class folder, None for a file in none. ``part``: train, validation, test, or empty."""

    class_name: str | None
    part: str = ""


def places(paths: Sequence[str]) -> list[Place]:
    """For every path its class folder and, where the folders hold a ready split, its part.

    A ready split is ``train/cats/a.png`` beside ``test/cats/b.png``: all images in folders lie under folders called
    train, val (validation, valid, dev) or test, and train and at least one other hold class folders. Else such names
    are those of classes.
    """
    parts = part_folders(paths)
    if not any(parts):
        return [Place(class_name) for class_name in class_folders(paths)]
    inside = class_folders(_inside_parts(paths))
    with_classes = {part for part, class_name in zip(parts, inside, strict=True) if class_name is not None}
    if "train" not in with_classes:
        return [Place(class_name) for class_name in class_folders(paths)]
    is_split = len(with_classes) > 1
    return [Place(name, part if is_split else "") for name, part in zip(inside, parts, strict=True)]


def class_folders(paths: Sequence[str]) -> list[str | None]:
    """For every path the name of its class folder, or None for a file that lies in none.

    Folders around all images are passed over as long as a folder remains below: ``pets/cats/a.png`` and
    ``pets/dogs/b.png`` have the classes cats and dogs. Folders inside a class folder stay in its class. Files beside
    the class folders do not count in finding them.
    """
    parents = _parents(paths)
    position = _branching(parents)
    return [parent[position] if 0 <= position < len(parent) else None for parent in parents]


def part_folders(paths: Sequence[str]) -> list[str]:
    """For every path ``train``, ``validation`` or ``test``: what the first folder says that is not around all images.

    Empty for all of them unless every such folder says so, and there is train and another. Images need not lie in class
    folders below. A file that lies in no folder is in no part.
    """
    tops = class_folders(paths)
    parts = ["" if top is None else given_part(top) for top in tops]
    named = {part for part in parts if part != ""}
    if None in named or not {"train"} < named:
        return [""] * len(paths)
    return [part or "" for part in parts]


def _inside_parts(paths: Sequence[str]) -> list[str]:
    """The paths without the folders down to those of the parts; of a file that lies in none, its name."""
    parents = _parents(paths)
    position = _branching(parents)
    return [
        "/".join(path.split("/")[min(position + 1, len(parent)) :]) for path, parent in zip(paths, parents, strict=True)
    ]


def _parents(paths: Sequence[str]) -> list[list[str]]:
    return [path.split("/")[:-1] for path in paths]


def _branching(parents: list[list[str]]) -> int:
    """The position of the first folder that is not around all images; -1 when nothing lies in a folder."""
    in_folders = [parent for parent in parents if parent]
    deepest = max(map(len, in_folders), default=0)
    return min(_shared(in_folders), deepest - 1)


def _shared(parents: list[list[str]]) -> int:
    """How many folders, from the top, all paths have in common."""
    columns = zip(*parents, strict=False)  # as deep as the shortest
    return sum(1 for _ in takewhile(lambda names: len(set(names)) == 1, columns))
