import numpy as np
import pytest

from core.split import Assignment, deviation, deviations

PARTS = ["train"] * 4 + ["validation"] * 2 + ["test"] * 2


def test_shares_of_each_part_are_compared_with_the_whole() -> None:
    """Worked by hand: half of all images are cats; 3 of 4, 0 of 2 and 1 of 2 in the parts."""
    table = deviations(Assignment(np.array(PARTS)), [0, 0, 0, 1, 1, 1, 0, 1], ["cats", "dogs"])

    cats = table[table["class_name"] == "cats"]
    assert cats["part"].tolist() == ["train", "validation", "test"]
    assert cats["share"].tolist() == [0.75, 0, 0.5]
    assert cats["whole"].tolist() == [0.5, 0.5, 0.5]
    assert cats["points"].tolist() == [25, -50, 0]
    assert table["points"].groupby(table["part"]).sum().tolist() == [0, 0, 0]


LARGEST = [
    ([0, 0, 0, 1, 1, 1, 0, 1], (-50, "cats", "validation")),
    ([0, 0, 1, 1, 0, 1, 0, 1], (0, "cats", "train")),
    ([1, 1, 1, 1, 0, 0, 1, 1], (75, "cats", "validation")),
]


@pytest.mark.parametrize(("labels", "expected"), LARGEST)
def test_the_largest_deviation_is_named(labels: list[int], expected: tuple[float, str, str]) -> None:
    found = deviation(Assignment(np.array(PARTS)), labels, ["cats", "dogs"])

    assert (found.points, found.class_name, found.part) == expected


def test_a_part_without_images_does_not_deviate() -> None:
    found = deviation(Assignment(np.array(["train", "train"])), [0, 1], ["cats", "dogs"])

    assert found.points == 0


def test_numbers_to_be_predicted_have_no_classes_to_deviate() -> None:
    assert deviation(Assignment(np.array(PARTS)), [0] * 8, []) is None
