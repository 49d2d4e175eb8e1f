import numpy as np
import pandas as pd
import pytest

from core.evaluation.evaluation import judge_answers
from tests.core.evaluation.generated import evaluation
from ui.charts import reliability


def judged(*answers: tuple[float, bool]):
    """Of each image how sure the model was that it is of the first class, and whether it is."""
    sure, right = zip(*answers, strict=True)
    images = pd.DataFrame({"path": [str(row) for row in range(len(sure))], "label": [0 if hit else 1 for hit in right]})
    shares = np.array([[share, 1 - share] for share in sure])
    return judge_answers(shares, np.arange(len(sure)), images, ("cat", "dog"), "validation", openings=0)


def test_ranges_without_images_are_not_drawn():
    ranges = reliability.table(judged((0.95, True), (0.93, True), (0.65, False)))
    assert ranges[["high", "images", "accuracy"]].to_numpy() == pytest.approx(np.array([[0.7, 1, 0], [1, 2, 1]]))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([(0.9, True)], "Once it says **90%**, and is right in **100 of 100** such cases."),
        (
            [(0.92, True), (0.94, True), (0.93, False), (0.6, True)],
            "When it says about **93%**, as for 3 of the images, it is right in **67 of 100**.",
        ),
    ],
)
def test_the_sentence_is_about_the_range_with_the_most_images(answers, expected):
    assert reliability.sentence(reliability.table(judged(*answers))) == expected


def test_the_table_for_people_has_shares_in_percent():
    shown = reliability.shown(reliability.table(judged((0.95, True), (0.93, False))))
    assert shown[["Says from", "Says up to", "Images", "Says on average", "Is right"]].to_numpy().tolist() == [
        ["90.0%", "100.0%", 2, "94.0%", "50.0%"]
    ]


@pytest.mark.parametrize("part", ["validation", "test"])
def test_the_drawing_is_valid(part):
    assert reliability.chart(reliability.table(evaluation(300, 3)), part).to_dict()["layer"]
