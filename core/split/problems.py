"""What should be known about a split before anything is trained on it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from core.message import Message, say
from core.problem import Problem, Severity
from core.split.assignment import Assignment
from core.split.dealing_problems import dealing_problems
from core.split.parts import PART_TITLES, PARTS
from core.split.settings import Split


def split_problems(
    assignment: Assignment,
    class_names: Sequence[str],
    labels: Sequence[int],
    split: Split | None = None,
    images: pd.DataFrame | None = None,
    clusters: np.ndarray | None = None,
) -> tuple[Problem, ...]:
    """Parts that would be empty, and classes that do not reach every part; with the ``split``, the table of ``images``
    and the ``clusters`` that it was made from, also what stands in the way of its wishes.

    Without training or validation images nothing can be trained, nor where it is not known what is to be kept together;
    the rest are warnings.
    """
    counts = assignment.counts()
    empty = tuple(_empty_part(part) for part in PARTS if counts[part] == 0)
    thin = _thin_classes(assignment, class_names, labels)
    if split is None or images is None:
        return empty + thin
    return empty + dealing_problems(split, images, assignment, class_names, clusters) + thin


def _thin_classes(assignment: Assignment, class_names: Sequence[str], labels: Sequence[int]) -> tuple[Problem, ...]:
    """A class that is missing in a part; numbers that are to be predicted have none."""
    if not class_names:
        return ()
    counts = assignment.counts()
    present = [part for part in PARTS if counts[part]]
    table = pd.crosstab(np.asarray(labels), assignment.parts).reindex(columns=present, fill_value=0)
    return tuple(
        Problem(
            None, _missing_class(class_names[label], int(row.sum()), row.index[row == 0]), severity=Severity.WARNING
        )
        for label, row in table.iterrows()
        if (row == 0).any()
    )


def _empty_part(part: str) -> Problem:
    if part == "train":
        return Problem(None, say("No image is left for training: raise the training share."))
    if part == "validation":
        return Problem(
            None, say("No image is left for validation, so no curve could be judged: raise the validation share.")
        )
    message = say("No image is left for the test set: there will be no last, untouched check of the model.")
    return Problem(None, message, severity=Severity.WARNING)


def _missing_class(class_name: str, images: int, missing: Sequence[str]) -> Message:
    titles = [say(PART_TITLES[part]) for part in missing]
    parts = titles[0] if len(titles) == 1 else say("{first} and {second}", first=titles[0], second=titles[1])
    if images < len(PARTS):
        return say(
            "The class {name} has too few images for three parts ({images}): missing in {parts}. Add images of it.",
            name=class_name,
            images=images,
            parts=parts,
        )
    return say(
        "The class {name} ({images} images) has none in {parts}. Add images of it, or raise that share.",
        name=class_name,
        images=images,
        parts=parts,
    )
