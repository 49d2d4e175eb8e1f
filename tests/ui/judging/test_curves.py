import pandas as pd
import pytest

from ui.judging.curves import one_sided, sentence


def table(*images: int):
    names = ["cat", "d_og", "fox"][: len(images)]
    others = [sum(images) - of_class for of_class in images]
    return pd.DataFrame({"class_name": names, "images": images, "others": others})


@pytest.mark.parametrize(
    ("images", "expected"),
    [
        ((3, 4, 5), []),
        ((3, 0, 5), ["d\\_og has no images here, so it has no curve."]),
        (
            (0, 4, 0),
            [
                "cat, fox have no images here, so they have no curve.",
                "All images here are d\\_og, so there is nothing to tell it from.",
            ],
        ),
    ],
)
def test_classes_without_a_curve_are_named(images, expected):
    assert one_sided(table(*images)) == expected


def test_the_areas_are_told_beside_what_guessing_gives():
    row = pd.concat([table(30, 70).loc[0], pd.Series({"roc_area": 0.913, "average_precision": 0.875})])
    text = sentence(row)
    assert "in **91.3 of 100** cases" in text
    assert "The average precision is **0.875**; guessing has 0.300." in text
