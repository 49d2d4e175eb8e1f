"""What simple methods reach on the same images: a net that does not beat them has learned nothing beyond them."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.dummy import DummyClassifier
from sklearn.exceptions import ConvergenceWarning

from core.dataset.image_size import ImageSize
from core.dataset.progress import Report
from core.dataset.store import Dataset, pixels
from core.evaluation.number_evaluation import NumberEvaluation
from core.evaluation.simple_methods.baseline_methods import Method, methods
from core.evaluation.simple_methods.packed_arrays import pack, unpack
from core.evaluation.simple_methods.small_images import drawn, small_images
from core.evaluation.simple_methods.visible_rows import VisibleRows
from core.interval import wilson

_IMAGES_AT_ONCE = 2048


@dataclass(frozen=True, eq=False)
class Baseline:
    """``answers``: the class, or the number, of each validation image. ``figure`` is the accuracy (0–1) or the mean
    absolute error, ``interval`` its 95 % interval: Wilson's, or that of images drawn anew; None for one number."""

    name: str
    method: Method
    answers: np.ndarray
    figure: float
    interval: tuple[float, float] | None


@dataclass(frozen=True, eq=False)
class Baselines:
    """``rows`` are the validation images that all were judged on, ascending, and ``truth`` their classes or numbers.

    They learned from ``drawn`` of ``training_images``, each reduced to ``size`` (height, width, channels). ``of`` is by
    name, the simplest first.
    """

    predicts_numbers: bool
    rows: np.ndarray
    truth: np.ndarray
    drawn: int
    training_images: int
    size: tuple[int, int, int]
    of: Mapping[str, Baseline]

    @property
    def best(self) -> Baseline:
        """The one with the highest accuracy, or the smallest error; of equals the simplest."""
        sign = -1 if self.predicts_numbers else 1
        return max(self.of.values(), key=lambda baseline: sign * baseline.figure)

    def to_json(self) -> dict[str, Any]:
        """What the command line prints."""
        figure = "mean_absolute_error" if self.predicts_numbers else "accuracy"
        return {
            name: {figure: baseline.figure, "interval": baseline.interval and list(baseline.interval)}
            for name, baseline in self.of.items()
        }

    def result(self) -> dict[str, Any]:
        """All but the answers, as JSON."""
        return {
            "predicts_numbers": self.predicts_numbers,
            "drawn": self.drawn,
            "training_images": self.training_images,
            "size": list(self.size),
            "figures": {name: [baseline.figure, baseline.interval] for name, baseline in self.of.items()},
        }

    def data(self) -> bytes:
        """The answers and the truth."""
        answers = {f"answers_{name}": baseline.answers for name, baseline in self.of.items()}
        return pack({"rows": self.rows, "truth": self.truth, **answers})

    @classmethod
    def read(cls, result: Mapping[str, Any], data: bytes) -> Self:
        """What `result` and `data` gave."""
        arrays = unpack(data)
        known = methods(result["predicts_numbers"])
        baselines = {
            name: Baseline(name, known[name], arrays[f"answers_{name}"], figure, interval and tuple(interval))
            for name, (figure, interval) in result["figures"].items()
        }
        height, width, channels = result["size"]
        return cls(
            predicts_numbers=result["predicts_numbers"],
            rows=arrays["rows"],
            truth=arrays["truth"],
            drawn=result["drawn"],
            training_images=result["training_images"],
            size=(height, width, channels),
            of=baselines,
        )


def find_baselines(dataset: Dataset, image_size: ImageSize, visible: VisibleRows, report: Report) -> Baselines:
    """The baselines for the nets that see the images of ``dataset`` at ``image_size``; not for the web process.

    ``report(done, total)`` is called with numbers of baselines.
    """
    truth = dataset.images["value" if dataset.predicts_numbers else "label"].to_numpy()
    images = pixels(dataset, image_size)
    return train_baselines(images, truth, visible, report, predicts_numbers=dataset.predicts_numbers)


def train_baselines(
    images: np.ndarray, truth: np.ndarray, visible: VisibleRows, report: Report, *, predicts_numbers: bool
) -> Baselines:
    """Trained on the training images and judged on the validation images, the only ones that are read.

    ``images``: uint8 (images, height, width, channels), ``truth``: (images,), classes or numbers.
    """
    known = methods(predicts_numbers)
    report(0, len(known))
    rows = drawn(visible.train, None if predicts_numbers else truth[visible.train])
    examples, told = small_images(images, rows), truth[visible.validation]
    baselines = {}
    for done, (name, method) in enumerate(known.items(), start=1):
        model = _trained(method, examples, truth[rows], predicts_numbers=predicts_numbers)
        answers = _answers(model, method, images, visible.validation)
        baselines[name] = Baseline(name, method, answers, *_judged(answers, told, predicts_numbers=predicts_numbers))
        report(done, len(known))
    height, width, channels = examples.shape[1:]
    return Baselines(
        predicts_numbers=predicts_numbers,
        rows=visible.validation,
        truth=told,
        drawn=len(rows),
        training_images=len(visible.train),
        size=(height, width, channels),
        of=baselines,
    )


def _trained(method: Method, examples: np.ndarray, truth: np.ndarray, *, predicts_numbers: bool) -> Any:
    """The model of ``method`` after it has learned the ``truth`` of ``examples``."""
    model = method.model(len(examples))
    if not predicts_numbers and len(np.unique(truth)) == 1:
        model = DummyClassifier(strategy="most_frequent")  # most models refuse to learn one class
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(method.features(examples), truth)


def _answers(model: Any, method: Method, images: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """What ``model`` answers for the images at ``rows``, of which some are in memory at a time."""
    batches = (rows[start : start + _IMAGES_AT_ONCE] for start in range(0, len(rows), _IMAGES_AT_ONCE))
    return np.concatenate([model.predict(method.features(small_images(images, batch))) for batch in batches])


def _judged(
    answers: np.ndarray, truth: np.ndarray, *, predicts_numbers: bool
) -> tuple[float, tuple[float, float] | None]:
    """The figure of ``answers`` and its interval."""
    if predicts_numbers:
        judged = NumberEvaluation("validation", pd.DataFrame({"value": truth, "predicted": answers}), openings=0)
        return judged.mean_absolute_error, judged.interval
    right = int((answers == truth).sum())
    return right / len(truth), wilson(right, len(truth))
