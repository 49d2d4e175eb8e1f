import numpy as np
import pytest

from core.evaluation.comparing.common_images import CommonImages
from core.evaluation.comparing.paired import PairedClasses
from core.message import say
from tests.core.evaluation.judged import classified
from ui.charts import drawn_differences
from ui.judging import comparison
from ui.judging.pairs import paired_classes

NAMES = say("run {number}", number=7), say("run {number}", number=5)


def common(left_out=(0, 0)) -> CommonImages:
    labels = [0, 0, 0, 1, 1, 1]
    return CommonImages(classified(labels, [0, 0, 0, 1, 0, 0]), classified(labels, [0, 1, 1, 1, 1, 0]), left_out)


def test_the_table_tells_who_was_right():
    table = paired_classes.agreement_table(PairedClasses(common()), "run 7", "run 5")
    assert table.to_dict() == {
        "run 5 right": {"run 7 right": 2, "run 7 wrong": 1},
        "run 5 wrong": {"run 7 right": 2, "run 7 wrong": 1},
    }


@pytest.mark.parametrize(
    ("left_out", "text"),
    [
        ((0, 0), "Both runs were judged on the same 6 images."),
        (
            (1200, 3),
            "Compared on the 6 images that both were judged on. Left out: 1,200 that only run 7 was judged on, and 3 "
            "that only run 5 was.",
        ),
    ],
)
def test_images_that_are_left_out_are_told(left_out, text):
    assert comparison.common_images(common(left_out), NAMES) == text


@pytest.mark.parametrize(("share", "text"), [(0.025, "+2.5"), (-0.0311, "-3.1"), (0.0, "+0.0"), (-0.0001, "+0.0")])
def test_a_difference_is_told_in_points(share, text):
    assert paired_classes.points(share) == text


@pytest.mark.parametrize("images", [18, 900, 40_000])
def test_the_bins_hold_whole_images_and_every_draw(images):
    pair = np.random.default_rng(0).integers(-images // 5, images // 10, 2000) / images
    rows = drawn_differences.table(pair, (-0.1, 0.1), 1 / images)
    per_bin = (rows["high"] - rows["low"]) * images
    assert rows["draws"].sum() == 2000
    assert len(rows) <= 41
    assert per_bin.to_numpy() == pytest.approx(np.full(len(rows), round(per_bin[0])))
    assert set(rows.loc[rows["is_likely"], "low"] >= -0.11) == {True}


def test_the_sentence_counts_the_draws_on_either_side():
    assert drawn_differences.sentence(np.array([-1.0, 0.0, 1.0, 2.0])).startswith(
        "Of 4 draws of these images, 2 lie above 0, 1 below and 1 on it."
    )
