"""Where images cannot be dealt out as the split wishes."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from core.message import Message, say, say_count
from core.problem import Problem, Severity
from core.split.assignment import Assignment
from core.split.given import given_parts
from core.split.groups import groups_of
from core.split.parts import PART_TITLES, PARTS
from core.split.settings import Split
from core.split.strata import has_numbers
from core.split.together import Unit, units_together

_FAR_OFF = 0.25
"""A part that is off its share by more than this part of it is worth a word."""


def dealing_problems(
    split: Split,
    images: pd.DataFrame,
    assignment: Assignment,
    class_names: Sequence[str],
    clusters: np.ndarray | None = None,
) -> tuple[Problem, ...]:
    """What is wrong with looking for look-alikes, with groups, with given parts and with folds."""
    units = units_together(split, images, clusters)
    return (
        *_unsearched(split, clusters),
        *_groups(split, images),
        *_given(split, images),
        *_too_large(split, units, images, assignment),
        *_folds(split, units, images, assignment, class_names),
    )


def _unsearched(split: Split, clusters: np.ndarray | None) -> Iterator[Problem]:
    if split.keep_together == "near" and clusters is None:
        yield Problem(
            None,
            say(
                "It is not known yet which of these images look alike. Have the images checked first, or keep only "
                "identical ones together."
            ),
        )


def _groups(split: Split, images: pd.DataFrame) -> Iterator[Problem]:
    if split.keep_together != "group":
        return
    alone = sum(group is None for group in groups_of(split.group_pattern, images))
    if alone == len(images):
        yield Problem(None, _no_groups(split.group_pattern))
    elif alone:
        yield _warning(
            say_count(
                "{count} image is of no group and is dealt out on its own.",
                "{count:,} images are of no group and are dealt out one by one.",
                count=alone,
            )
        )


def _no_groups(pattern: str) -> Message:
    if pattern:
        return say(
            "No image is called like {pattern}, so there are no groups to keep together. Compare it with the names of "
            "your files.",
            pattern=pattern,
        )
    return say(
        "No image came with a group, so there is nothing to keep together. Give a pattern of the file names, or keep "
        "identical images together."
    )


def _given(split: Split, images: pd.DataFrame) -> Iterator[Problem]:
    if not split.given:
        return
    given = given_parts(images)
    unknown = int((given == "").sum())
    if unknown == len(images):
        yield Problem(None, say("No image came with a part. Have the images dealt out by the shares instead."))
        return
    if unknown:
        yield _warning(
            say_count(
                "{count} image came without a part and is used for training. Put it into the folder of its part.",
                "{count:,} images came without a part and are used for training. Put them into the folders of their "
                "parts.",
                count=unknown,
            )
        )
    missing = [part for part in PARTS[1:] if not (given == part).any() and (part == "test" or not split.folds)]
    yield from (_warning(_not_given(part, split.ratios[part])) for part in missing)


def _not_given(part: str, share: float) -> Message:
    title = say(PART_TITLES[part])
    if share:
        return say("No image came for this part: {part}. A share of the training images is taken for it.", part=title)
    return say("No image came for this part: {part}. Raise its share to take some of the training images.", part=title)


def _too_large(split: Split, units: Sequence[Unit], images: pd.DataFrame, assignment: Assignment) -> Iterator[Problem]:
    """The part that is furthest from its share, if what is kept together is larger than that."""
    largest = max(units, key=len, default=np.array([], dtype=np.int64))
    if split.given or len(largest) < 2:
        return
    counts = assignment.counts()
    shares = {part: ratio * len(images) for part, ratio in _shares(split).items()}
    part = max(shares, key=lambda name: abs(counts[name] - shares[name]))
    if len(largest) > shares[part] > 0 and abs(counts[part] - shares[part]) > max(1, _FAR_OFF * shares[part]):
        yield _warning(
            say(
                "The images that are kept together with {path} are {images:,}, more than a part should have: "
                "{part} has {found:,} instead of {share:,} images. Add images of others, or change the shares.",
                path=images["path"].iloc[largest[0]],
                images=len(largest),
                part=say(PART_TITLES[part]),
                found=counts[part],
                share=round(shares[part]),
            )
        )


def _shares(split: Split) -> dict[str, float]:
    """What each part should have of all images, the folds considered."""
    if not split.folds:
        return split.ratios
    pool = split.train + split.validation
    validation = pool / split.folds
    return {"train": pool - validation, "validation": validation, "test": split.test}


def _folds(
    split: Split, units: Sequence[Unit], images: pd.DataFrame, assignment: Assignment, class_names: Sequence[str]
) -> Iterator[Problem]:
    """Classes that cannot be in every fold, since they are in too few units."""
    if not split.folds or has_numbers(images):
        return
    in_folds = assignment.parts != "test"
    labels = images["label"].to_numpy()
    found = np.zeros(len(class_names), dtype=np.int64)
    for unit in units:
        found[np.unique(labels[unit[in_folds[unit]]])] += 1
    for label in np.flatnonzero((found > 0) & (found < split.folds)).tolist():
        yield _warning(_too_few_for_folds(split, class_names[label], int(found[label])))


def _too_few_for_folds(split: Split, class_name: str, found: int) -> Message:
    if split.keep_together in ("nothing", "exact"):
        return say_count(
            "The class {name} has {count} image for {folds} folds, so some validate without it. Take fewer folds.",
            "The class {name} has {count:,} images for {folds} folds, so some validate without it. Take fewer folds.",
            count=found,
            name=class_name,
            folds=split.folds,
        )
    return say_count(
        "The class {name} is in {count} group for {folds} folds, so some validate without it. Take fewer folds.",
        "The class {name} is in {count:,} groups for {folds} folds, so some validate without it. Take fewer folds.",
        count=found,
        name=class_name,
        folds=split.folds,
    )


def _warning(message: Message) -> Problem:
    return Problem(None, message, severity=Severity.WARNING)
