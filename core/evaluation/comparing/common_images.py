"""The images that two runs were both judged on."""

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import numpy as np
import pandas as pd

from core.dataset.counterparts import GONE, counterparts
from core.dataset.store import Dataset
from core.errors import RunError
from core.evaluation.evaluation import Evaluation
from core.evaluation.number_evaluation import NumberEvaluation
from core.message import say
from core.split import PART_TITLES

AnyJudged = TypeVar("AnyJudged", Evaluation, NumberEvaluation)


@dataclass(frozen=True)
class CommonImages(Generic[AnyJudged]):
    """``first`` and ``second`` tell of the same images in the same order. ``left_out``: how many images only the first
    and only the second was judged on."""

    first: AnyJudged
    second: AnyJudged
    left_out: tuple[int, int]


def on_common_images(
    first: AnyJudged, first_dataset: Dataset, second: AnyJudged, second_dataset: Dataset
) -> CommonImages[AnyJudged]:
    """What both judgements say of the images that both are of.

    In two versions of a dataset an image is the same if its pixels and its class (or number) are: with another class,
    to be right means something else. Raises RunError where there is none, or where the parts differ.
    """
    if first.part != second.part:
        raise RunError(
            say(
                "One run was judged in {first} and the other in {second}. Judge both on the same part.",
                first=say(PART_TITLES[first.part]),
                second=say(PART_TITLES[second.part]),
            )
        )
    places = _places(first_dataset, second_dataset)[first.predictions["row"]]
    found = pd.Index(second.predictions["row"]).get_indexer(places)
    in_first = np.flatnonzero(found >= 0)
    if not len(in_first):
        raise RunError(
            say(
                "There is no image that both runs were judged on. Choose two runs whose data and split have images in "
                "common in: {part}.",
                part=say(PART_TITLES[first.part]),
            )
        )
    left_out = first.images - len(in_first), second.images - len(in_first)
    return CommonImages(_restricted(first, in_first), _restricted(second, found[in_first]), left_out)


def _places(dataset: Dataset, other: Dataset) -> np.ndarray:
    """The position in ``other`` of each image of ``dataset``, or `GONE`: (images,)."""
    if dataset.id == other.id:
        return np.arange(len(dataset.images))
    places = counterparts(dataset.images, other.images)
    truth = "value" if dataset.predicts_numbers else "class_name"
    is_same = dataset.images[truth].to_numpy() == other.images[truth].to_numpy()[places]
    return np.where(is_same, places, GONE)


def _restricted(judged: AnyJudged, positions: np.ndarray) -> AnyJudged:
    predictions = judged.predictions.iloc[positions].reset_index(drop=True)
    if isinstance(judged, Evaluation):
        return replace(judged, predictions=predictions, probabilities=judged.probabilities[positions])
    return replace(judged, predictions=predictions)
