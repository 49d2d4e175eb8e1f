"""What a model's answers on one part of the images are worth."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

from core.evaluation.probabilities import predicted_classes, probabilities
from core.interval import wilson


@dataclass(frozen=True)
class Evaluation:
    """``predictions``: one row per image of the part, with the columns row (its position in the dataset), path, label,
    predicted (both as positions in ``class_names``) and confidence (0–1, how sure the model was of ``predicted``).

    ``probabilities``: of each class, in the order of ``predictions``: (images, classes), rows sum to 1.

    ``openings``: on test images, how often they had been opened when this was made, this
    time included.
    """

    part: str
    class_names: tuple[str, ...]
    predictions: pd.DataFrame
    probabilities: np.ndarray
    openings: int

    @property
    def images(self) -> int:
        return len(self.predictions)

    @property
    def right(self) -> int:
        """Images whose class was found."""
        return int((self.predictions["label"] == self.predictions["predicted"]).sum())

    @property
    def accuracy(self) -> float:
        return self.right / self.images

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the accuracy (Wilson, 1927)."""
        return wilson(self.right, self.images)

    @property
    def confusion(self) -> np.ndarray:
        """Counts, (classes, classes): true class by predicted class."""
        return confusion_matrix(
            self.predictions["label"], self.predictions["predicted"], labels=range(len(self.class_names))
        )

    @property
    def per_class(self) -> pd.DataFrame:
        """Columns class_name, precision, recall, f1 (NaN where a class was never predicted, or has no images) and
        images."""
        precision, recall, f1, images = precision_recall_fscore_support(
            self.predictions["label"],
            self.predictions["predicted"],
            labels=range(len(self.class_names)),
            zero_division=np.nan,
        )
        columns = {"precision": precision, "recall": recall, "f1": f1, "images": images}
        return pd.DataFrame({"class_name": self.class_names, **columns})

    def mistakes(self) -> pd.DataFrame:
        """The rows of ``predictions`` that are wrong, the most confident first."""
        wrong = self.predictions[self.predictions["label"] != self.predictions["predicted"]]
        return wrong.sort_values("confidence", ascending=False, kind="stable", ignore_index=True)

    def to_json(self) -> dict[str, Any]:
        """What the command line prints."""
        per_class = self.per_class.astype(object).where(self.per_class.notna(), None).set_index("class_name")
        return {
            "accuracy": self.accuracy,
            "interval": list(self.interval),
            "images": self.images,
            "openings": self.openings,
            "per_class": per_class.to_dict(orient="index"),
            "confusion": self.confusion.tolist(),
        }


def judge_answers(
    answers: np.ndarray, rows: np.ndarray, images: pd.DataFrame, class_names: Sequence[str], part: str, openings: int
) -> Evaluation:
    """The evaluation of a model's ``answers``, (len(rows), units), for the images of a dataset at the positions
    ``rows``."""
    shares = probabilities(answers)
    predicted = predicted_classes(shares)
    asked = images.iloc[rows]
    predictions = pd.DataFrame(
        {
            "row": rows,
            "path": asked["path"].to_numpy(),
            "label": asked["label"].to_numpy(dtype=np.int64),
            "predicted": predicted,
            "confidence": shares[np.arange(len(rows)), predicted],
        }
    )
    return Evaluation(part, tuple(class_names), predictions, shares, openings)
