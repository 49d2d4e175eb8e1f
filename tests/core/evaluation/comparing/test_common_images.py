from dataclasses import dataclass, replace

import pandas as pd
import pytest

from core.errors import RunError
from core.evaluation.comparing.common_images import on_common_images
from tests.core.evaluation.judged import classified, measured


@dataclass
class Images:
    """What a comparison reads of a dataset."""

    id: str
    images: pd.DataFrame
    predicts_numbers: bool = False


def dataset(name: str, **columns) -> Images:
    images = pd.DataFrame(columns)
    return Images(name, images.assign(path=[f"{row}.png" for row in images.index]), "value" in columns)


OLD = dataset("old", pixel_hash=["a", "b", "c", "d"], class_name=["cat", "cat", "dog", "dog"])
JUDGED = classified([0, 0, 1, 1], [0, 1, 1, 0], classes=2)


def at(evaluation, positions, rows):
    """``evaluation`` of some of its images, which lie in other rows."""
    return replace(
        evaluation,
        predictions=evaluation.predictions.iloc[positions].assign(row=rows).reset_index(drop=True),
        probabilities=evaluation.probabilities[positions],
    )


def test_in_one_dataset_the_row_names_the_image():
    common = on_common_images(at(JUDGED, [0, 1, 2], [0, 1, 2]), OLD, at(JUDGED, [3, 2, 1], [3, 2, 1]), OLD)
    assert common.first.predictions["row"].tolist() == common.second.predictions["row"].tolist() == [1, 2]
    assert common.first.probabilities.tolist() == common.second.probabilities.tolist() == [[0, 1], [0, 1]]
    assert common.left_out == (1, 1)


def test_in_two_versions_the_pixels_and_the_class_name_it():
    new = dataset("new", pixel_hash=["d", "b", "a"], class_name=["dog", "dog", "cat"])  # b has another class now
    common = on_common_images(JUDGED, OLD, at(JUDGED, [3, 1, 0], [0, 1, 2]), new)
    assert common.first.predictions["row"].tolist() == [0, 3]
    assert common.second.predictions["row"].tolist() == [2, 0]
    assert common.left_out == (2, 1)


def test_of_images_that_are_alike_each_has_one_partner():
    twice = dataset("twice", pixel_hash=["a", "a", "c", "d"], class_name=["cat", "cat", "dog", "dog"])
    common = on_common_images(at(JUDGED, [0, 1], [0, 1]), twice, at(JUDGED, [0, 1], [0, 1]), OLD)
    assert (common.first.images, common.left_out) == (1, (1, 1))


def test_numbers_are_matched_by_pixels_and_number():
    first = dataset("first", pixel_hash=["a", "b"], value=[1.0, 2.0])
    second = dataset("second", pixel_hash=["b", "a"], value=[2.0, 3.0])
    common = on_common_images(measured([1.0, 2.0], [1, 2]), first, measured([2.0, 3.0], [2, 3]), second)
    assert common.first.predictions["path"].tolist() == ["1.png"]
    assert common.second.predictions["path"].tolist() == ["0.png"]


def test_without_a_common_image_there_is_no_comparison():
    with pytest.raises(RunError, match="no image that both runs were judged on"):
        on_common_images(at(JUDGED, [0], [0]), OLD, at(JUDGED, [1], [1]), OLD)


def test_validation_and_test_are_not_compared():
    with pytest.raises(RunError, match="judged in Validation and the other in Test"):
        on_common_images(JUDGED, OLD, replace(JUDGED, part="test"), OLD)
