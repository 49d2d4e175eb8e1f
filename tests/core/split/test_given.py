"""Parts that images came with are left as they are; what nobody gave is taken from training."""

import pytest

from core.split import Split, assign
from tests.core.split.tables import table_of

GIVEN = [
    ({"train": 60, "validation": 20, "test": 20}, {}, [60, 20, 20]),
    ({"train": 85, "test": 15}, {}, [70, 15, 15]),
    ({"train": 90, "validation": 10}, {"train": 0.8, "validation": 0.1, "test": 0.1}, [80, 10, 10]),
    ({"train": 100}, {}, [70, 15, 15]),
    ({"train": 85, "test": 15}, {"train": 1.0, "validation": 0.0, "test": 0.0}, [85, 0, 15]),
    ({"train": 50, "validation": 20, "": 30}, {"train": 0.8, "validation": 0.2, "test": 0.0}, [80, 20, 0]),
    ({"train": 50, "validation": 20, "test": 20, "holdout": 10}, {}, [60, 20, 20]),
]


@pytest.mark.parametrize(("images_per_part", "ratios", "counts"), GIVEN, ids=str)
def test_given_parts_are_left_and_missing_ones_are_taken_from_training(
    images_per_part: dict[str, int], ratios: dict[str, float], counts: list[int]
) -> None:
    given_part = [part for part, images in images_per_part.items() for _ in range(images)]
    images = table_of([row % 2 for row in range(len(given_part))], given_part=given_part)

    assignment = assign(Split(given=True, **ratios), images)

    assert list(assignment.counts().values()) == counts
    for part in ("validation", "test"):
        came = {row for row, given in enumerate(given_part) if given == part}
        assert came <= set(assignment.rows(part))


def test_validation_images_that_are_taken_from_training_have_no_twin_there() -> None:
    given_part = ["train"] * 80 + ["test"] * 20
    images = table_of([0] * 100, [f"pixels {row // 4}" for row in range(100)], given_part=given_part)

    parts = assign(Split(given=True), images).parts

    assert (
        images["pixel_hash"]
        .groupby(parts)
        .agg(set)["train"]
        .isdisjoint(set(images["pixel_hash"][parts == "validation"]))
    )


def test_given_parts_that_nobody_asked_for_do_not_matter() -> None:
    images = table_of([0] * 100)

    with_parts = assign(Split(), images.assign(given_part=["test"] * 100))

    assert with_parts.parts.tolist() == assign(Split(), images).parts.tolist()
