import numpy as np
import pytest

from ui.charts import cue_values

LABELS = np.array([0, 0, 0, 0, 0, 2, 2])
SIZES = np.array([1, 2, 3, 4, 5, 100, 200])


def test_each_class_with_images_has_its_quarters():
    rows = cue_values.table(SIZES, LABELS, ["cats", "none", "dogs"])
    assert rows.to_numpy().tolist() == [["cats", 5, 1, 2, 3, 4, 5], ["dogs", 2, 100, 125, 150, 175, 200]]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (SIZES, "The median is lowest in cats (3) and highest in dogs (150)."),
        (np.full(7, 880), "The median is 880 in every class."),
    ],
)
def test_the_sentence_names_the_classes_that_are_furthest_apart(values, said):
    assert cue_values.sentence(cue_values.table(values, LABELS, ["cats", "none", "dogs"])) == said


def test_the_chart_has_a_line_a_bar_and_a_tick():
    chart = cue_values.chart(cue_values.table(SIZES, LABELS, ["cats", "none", "dogs"]), "Bytes").to_dict()
    assert [layer["mark"]["type"] for layer in chart["layer"]] == ["rule", "bar", "tick"]
