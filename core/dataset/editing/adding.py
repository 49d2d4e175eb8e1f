"""Images that join those of a dataset."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path, PurePosixPath

import pandas as pd

from core.dataset.editing.array_rows import write_rows
from core.dataset.editing.labelling import class_names_of, labelled
from core.dataset.editing.originals import link_originals
from core.dataset.manifest import Manifest, refused_table
from core.dataset.store import Dataset, array_path
from core.errors import DatasetError
from core.message import Message, say


def join(base: Dataset, new: Manifest, folder: Path) -> Manifest:
    """The images of ``base`` and those of ``new``, whose originals and pixels (in the size of ``base``) are in
    ``folder``; in the end, those of both are.

    A new image with the path of another one gets a number, ``cats/a (2).png``. One with the same path and content is
    refused: it is there already. Raises DatasetError where none is left to add, or where one side has classes and the
    other one numbers.
    """
    _check_same_kind(base, new)
    paths = _free_paths(base, new)
    added = new.images.assign(path=pd.Series(paths, dtype="str"))[[path is not None for path in paths]]
    if added.empty:
        raise DatasetError(say("All images of {name} are in the dataset already.", name=new.name))
    both = pd.concat([base.images, added.set_axis(len(base.images) + added.index)]).sort_values("path")
    _join_arrays(base, folder, both)
    link_originals(base.images, base.folder, folder)
    return Manifest(
        name=base.name,
        class_names=class_names_of(both),
        image_size=base.image_size,
        images=labelled(both).reset_index(drop=True),
        refused=_refused(base, new, paths),
    )


def _check_same_kind(base: Dataset, new: Manifest) -> None:
    if base.predicts_numbers and new.class_names:
        raise DatasetError(
            say(
                "The images of {base} have numbers, those of {name} have classes. Add images with numbers, or take the "
                "others in as images of another project.",
                base=base.name,
                name=new.name,
            )
        )
    if not base.predicts_numbers and not new.class_names:
        raise DatasetError(
            say(
                "The images of {base} have classes, those of {name} have numbers. Add images with classes, or take the "
                "others in as images of another project.",
                base=base.name,
                name=new.name,
            )
        )


def _free_paths(base: Dataset, new: Manifest) -> list[str | None]:
    """The path that each new image gets, or None for one that is there already."""
    contents = dict(zip(base.images["path"], base.images["content_hash"], strict=True))
    paths: list[str | None] = []
    for path, content in zip(new.images["path"], new.images["content_hash"], strict=True):
        free = next(each for each in _numbered(path) if contents.get(each, content) == content)
        paths.append(None if free in contents else free)
        contents[free] = content
    return paths


def _numbered(path: str) -> Iterator[str]:
    """``a.png``, ``a (2).png``, ``a (3).png`` and so on."""
    yield path
    own = PurePosixPath(path)
    for number in count(2):
        yield str(own.with_name(f"{own.stem} ({number}){own.suffix}"))


def _join_arrays(base: Dataset, folder: Path, both: pd.DataFrame) -> None:
    """Leaves the pixels of both in ``folder`` where the base has its own; else they are made when asked for."""
    old, new = array_path(base.folder, base.image_size), array_path(folder, base.image_size)
    alone = new.rename(new.with_name(f".{new.name}"))
    if old.exists():
        write_rows(new, [old, alone], both.index.to_numpy())
    alone.unlink()


def _refused(base: Dataset, new: Manifest, paths: list[str | None]) -> pd.DataFrame:
    """The refusals of both, each once; those of the base go whose path is now that of an image."""
    found = {path for path in paths if path is not None}
    refusals: dict[tuple[str, str], Message] = {}
    for path, reason in base.refused.itertuples(index=False):
        if path not in found:
            refusals[path, reason.to_json()] = reason
    for path, reason in new.refused.itertuples(index=False):
        refusals[path, reason.to_json()] = reason
    there = say("The image is in the dataset already.")
    for own, path in zip(new.images["path"], paths, strict=True):
        if path is None:
            refusals[own, there.to_json()] = there
    return refused_table([(path, reason) for (path, _), reason in refusals.items()])
