"""Whether the classes can be told without a look at what is in the pictures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from sklearn.ensemble import RandomForestClassifier

from core.dataset.image_size import ImageSize
from core.dataset.progress import Report
from core.dataset.store import Dataset, pixels
from core.errors import RunError
from core.evaluation.simple_methods.cues import CUES, Cue, CueImages, cues_for
from core.evaluation.simple_methods.packed_arrays import pack, unpack
from core.evaluation.simple_methods.small_images import drawn
from core.evaluation.simple_methods.visible_rows import VisibleRows
from core.interval import wilson
from core.message import say

MARGIN = 0.25
"""A cue is suspected where even the low end of its interval finds so much of what guessing gets wrong."""

TREES = 100
IMAGES_PER_LEAF = 3

_SHOWN = ("file_size", "aspect_ratio", "mean_colour", "blur")  # what is kept of each image, to be looked at


@dataclass(frozen=True, eq=False)
class CueFinding:
    """What is right by one cue alone. ``answers`` is the class of each validation image, ``interval`` Wilson's for the
    accuracy, and ``balanced_accuracy`` the mean of the shares of the classes that were found."""

    name: str
    cue: Cue
    answers: np.ndarray
    accuracy: float
    interval: tuple[float, float]
    balanced_accuracy: float


@dataclass(frozen=True, eq=False)
class Shortcuts:
    """``rows`` are validation images, ascending (all, or a draw of many), ``truth`` their classes, and ``guessing`` the
    share that is right by always answering the most frequent class of training. ``of`` is by name.

    ``classes`` is how many there are. The cues learned from ``drawn`` of ``training_images``. ``values`` has what some
    cues see of the images at ``shown_rows``, those it learned from and then ``rows``: (images, features).
    """

    classes: int
    rows: np.ndarray
    truth: np.ndarray
    guessing: float
    drawn: int
    training_images: int
    of: Mapping[str, CueFinding]
    shown_rows: np.ndarray
    values: Mapping[str, np.ndarray]

    @property
    def threshold(self) -> float:
        """The accuracy, 0–1, from which on a cue tells clearly more than guessing does, by `MARGIN`."""
        return self.guessing + MARGIN * (1 - self.guessing)

    def is_suspected(self, finding: CueFinding) -> bool:
        """Whether even the low end of its interval reaches the `threshold`."""
        return finding.interval[0] >= self.threshold

    def is_open(self, finding: CueFinding) -> bool:
        """Whether only the high end does: on so few images the cue can be either."""
        return finding.interval[0] < self.threshold <= finding.interval[1]

    @property
    def suspected(self) -> list[CueFinding]:
        """Those that are, the strongest first."""
        found = filter(self.is_suspected, self.of.values())
        return sorted(found, key=lambda finding: -finding.accuracy)

    @property
    def left_open(self) -> list[CueFinding]:
        """Those of which the validation images are too few to tell, the strongest first."""
        found = filter(self.is_open, self.of.values())
        return sorted(found, key=lambda finding: -finding.accuracy)

    def strength(self, finding: CueFinding) -> float:
        """The share that the cue finds of the images that guessing gets wrong, 0–1."""
        missed = 1 - self.guessing
        return max(0.0, (finding.accuracy - self.guessing) / missed) if missed else 0.0

    def result(self) -> dict[str, Any]:
        """All figures as JSON."""
        figures = {
            name: {"accuracy": each.accuracy, "interval": each.interval, "balanced_accuracy": each.balanced_accuracy}
            for name, each in self.of.items()
        }
        return {
            "classes": self.classes,
            "guessing": self.guessing,
            "drawn": self.drawn,
            "training_images": self.training_images,
            "figures": figures,
        }

    def data(self) -> bytes:
        """What there is of each image."""
        answers = {f"answers_{name}": finding.answers for name, finding in self.of.items()}
        values = {f"values_{name}": value for name, value in self.values.items()}
        return pack({"rows": self.rows, "truth": self.truth, "shown_rows": self.shown_rows, **answers, **values})

    @classmethod
    def read(cls, result: Mapping[str, Any], data: bytes) -> Self:
        """What `result` and `data` gave."""
        arrays = unpack(data)
        findings = {
            name: CueFinding(
                name,
                CUES[name],
                arrays[f"answers_{name}"],
                figures["accuracy"],
                (figures["interval"][0], figures["interval"][1]),
                figures["balanced_accuracy"],
            )
            for name, figures in result["figures"].items()
        }
        return cls(
            classes=result["classes"],
            rows=arrays["rows"],
            truth=arrays["truth"],
            guessing=result["guessing"],
            drawn=result["drawn"],
            training_images=result["training_images"],
            of=findings,
            shown_rows=arrays["shown_rows"],
            values={name: arrays[f"values_{name}"] for name in _SHOWN},
        )


def find_shortcuts(dataset: Dataset, image_size: ImageSize, visible: VisibleRows, report: Report) -> Shortcuts:
    """What the cues tell of the classes of ``dataset``; not for the web process.

    A forest of trees (Breiman, 2001) learns from the training images what each cue tells, and is judged on the
    validation images; of many, some are drawn. No others are read. ``report(done, total)`` is called with numbers of
    cues. Raises RunError where the images have numbers instead of classes.
    """
    if dataset.predicts_numbers:
        raise RunError(say("Shortcuts are looked for where images have classes; these have numbers."))
    labels = dataset.images["label"].to_numpy()
    learned, judged = (drawn(rows, labels[rows]) for rows in (visible.train, visible.validation))
    shown = np.concatenate([learned, judged])
    images = CueImages(pixels(dataset, image_size), dataset.images, shown)
    cues = cues_for(images)
    report(0, len(cues))
    findings, values = {}, {}
    for done, (name, cue) in enumerate(cues.items(), start=1):
        values[name] = cue.measure(images)
        findings[name] = _judged(name, cue, values[name], labels[shown], len(learned))
        report(done, len(cues))
    truth = labels[judged]
    return Shortcuts(
        classes=len(dataset.class_names),
        rows=judged,
        truth=truth,
        guessing=float((truth == np.bincount(labels[visible.train]).argmax()).mean()),
        drawn=len(learned),
        training_images=len(visible.train),
        of=findings,
        shown_rows=shown,
        values={name: values[name] for name in _SHOWN},
    )


def _judged(name: str, cue: Cue, values: np.ndarray, labels: np.ndarray, learned: int) -> CueFinding:
    """What the cue tells of all but the first ``learned`` images, from which it learns."""
    forest = RandomForestClassifier(TREES, min_samples_leaf=IMAGES_PER_LEAF, random_state=0, n_jobs=1)
    forest.fit(values[:learned], labels[:learned])
    answers, truth = forest.predict(values[learned:]), labels[learned:]
    is_right = answers == truth
    balanced = np.mean([is_right[truth == label].mean() for label in np.unique(truth)])
    right = int(is_right.sum())
    return CueFinding(name, cue, answers, right / len(truth), wilson(right, len(truth)), float(balanced))
