"""Images that stand on both sides of a split, so that judging on them is no test."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.quality.clusters import clusters_of
from core.split.assignment import Assignment, assign
from core.split.groups import groups_of
from core.split.settings import Split

_COLUMNS = {"position": "int64", "part": "str", "twin": "int64", "similarity": "float64"}


@dataclass(frozen=True)
class LeakReport:
    """``clusters``: how many times two or more images are alike. ``before`` and ``after``: validation and test images
    that have one like them in training, when nothing is kept together and under the split as it is set."""

    clusters: int
    before: int
    after: int


def leak_report(split: Split, images: pd.DataFrame, pairs: pd.DataFrame | None = None) -> LeakReport:
    """What keeping images together does for ``images``, a table as for `core.split.assign`.

    Images are alike that have the same pixels, that ``pairs`` connect (columns first, second and similarity, the first
    two as row positions), be it by way of others, or, where groups are kept together, that are of one group.
    """
    clusters = None if pairs is None else clusters_of(pairs, len(images))
    scattered = assign(split.model_copy(update={"keep_together": "nothing"}), images)
    together = assign(split, images, clusters)
    return LeakReport(
        clusters=_clusters(split, images, pairs),
        before=len(leaking_images(split, scattered, images, pairs)),
        after=len(leaking_images(split, together, images, pairs)),
    )


def leaking_images(
    split: Split, assignment: Assignment, images: pd.DataFrame, pairs: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The validation and test images that have one like them in training; what is alike, `leak_report` says.

    One row per image, the most similar first: position (its row in ``images``), part, twin (the row of the training
    image that is most like it) and similarity (up to 1, which is the same pixels; NaN for one that is only of the same
    group, or alike only by way of others).
    """
    in_training = assignment.parts == "train"
    found = [_in_training(keys, in_training, similarity) for keys, similarity in _keys(split, images)]
    if pairs is not None:
        found.append(_in_training(clusters_of(pairs, len(images)).tolist(), in_training, float("nan")))
        found += [_across(pairs, "first", "second", in_training), _across(pairs, "second", "first", in_training)]
    table = pd.concat(found, ignore_index=True)
    table = table.sort_values(["similarity", "position", "twin"], ascending=[False, True, True], kind="stable")
    table = table.drop_duplicates("position").assign(part=lambda rows: assignment.parts[rows["position"]])
    return table[list(_COLUMNS)].astype(_COLUMNS).reset_index(drop=True)


def _keys(split: Split, images: pd.DataFrame) -> Iterator[tuple[Sequence[Hashable], float]]:
    """What is equal for images that are alike, and how similar those are; none for what is like no other."""
    yield images["pixel_hash"].tolist(), 1.0
    if split.keep_together == "group":
        yield groups_of(split.group_pattern, images), float("nan")


def _in_training(keys: Sequence[Hashable], in_training: np.ndarray, similarity: float) -> pd.DataFrame:
    """The images outside training whose key one in training has, with the first such."""
    of_key: dict[Hashable, int] = {}
    for row in np.flatnonzero(in_training).tolist():
        of_key.setdefault(keys[row], row)
    of_key.pop(None, None)
    rows = [(row, of_key[keys[row]]) for row in np.flatnonzero(~in_training).tolist() if keys[row] in of_key]
    return pd.DataFrame(rows, columns=["position", "twin"], dtype="int64").assign(similarity=similarity)


def _across(pairs: pd.DataFrame, outside: str, inside: str, in_training: np.ndarray) -> pd.DataFrame:
    """The pairs whose image in the column ``outside`` is outside training, and whose other one is in it."""
    table = pairs.rename(columns={outside: "position", inside: "twin"}).astype({"position": "int64", "twin": "int64"})
    return table[~in_training[table["position"]] & in_training[table["twin"]]]


def _clusters(split: Split, images: pd.DataFrame, pairs: pd.DataFrame | None) -> int:
    """How many clusters of two or more images there are."""
    links = [_to_first(keys) for keys, _ in _keys(split, images)]
    if pairs is not None:
        links.append(pairs[["first", "second"]])
    clusters = clusters_of(pd.concat(links, ignore_index=True), len(images))
    return int((np.bincount(clusters) > 1).sum())


def _to_first(keys: Sequence[Hashable]) -> pd.DataFrame:
    """Each image that has the key of an earlier one, beside the first such."""
    first: dict[Hashable, int] = {}
    rows = [(first.setdefault(key, row), row) for row, key in enumerate(keys) if key is not None]
    return pd.DataFrame([pair for pair in rows if pair[0] != pair[1]], columns=["first", "second"], dtype="int64")
