import numpy as np
import pandas as pd
from hypothesis import given

from core.split import Assignment, Split, assign, leak_report
from core.split.leaks import leaks
from tests.core.split.tables import splits, table_of, tables


def counted_one_by_one(assignment: Assignment, images: pd.DataFrame) -> int:
    return sum(
        any(images["pixel_hash"][row] == images["pixel_hash"][other] for other in assignment.rows("train"))
        for part in ("validation", "test")
        for row in assignment.rows(part)
    )


@given(splits(), tables(largest=25))
def test_leaks_are_those_counted_one_by_one(split: Split, images: pd.DataFrame) -> None:
    assignment = assign(split, images)

    assert leaks(assignment, images) == counted_one_by_one(assignment, images)


@given(splits(), tables(largest=25))
def test_the_report_compares_with_a_split_that_keeps_nothing_together(split: Split, images: pd.DataFrame) -> None:
    report = leak_report(split, images)

    scattered = assign(split.model_copy(update={"keep_together": "nothing"}), images)
    assert report.before == counted_one_by_one(scattered, images)
    assert report.after == (0 if split.keep_together == "exact" else report.before)
    assert report.clusters == sum(count > 1 for count in images["pixel_hash"].value_counts())


def test_only_validation_and_test_images_with_a_twin_in_training_leak() -> None:
    images = table_of([0] * 8, list("aaabbcdd"))
    parts = ["train", "validation", "test", "validation", "test", "train", "train", "train"]

    assert leaks(Assignment(np.array(parts)), images) == 2
