import pandas as pd
import pytest

from ui.charts.overlay import COLOURS, chart
from ui.comparing.overlay import sentence
from ui.parts import part_colours

NAMES = ["Run 3", "Run 1"]
ROWS = pd.DataFrame(
    {
        "name": ["Run 3", "Run 3", "Run 1"],
        "epoch": [1, 2, 1],
        "value": [0.6, 0.9, 0.7],
        "low": [0.6, 0.8, 0.7],
        "high": [0.6, 1.0, 0.7],
    }
)


@pytest.mark.parametrize("is_dark", [False, True])
def test_no_run_has_the_colour_of_a_part(is_dark):
    assert not set(COLOURS) & set(part_colours(is_dark).values())
    assert len(set(COLOURS)) == len(COLOURS)


def test_the_runs_are_told_apart_by_colour_and_by_dashes_in_the_order_of_the_legend():
    area, line, _points = chart(ROWS, "accuracy", NAMES).to_dict()["layer"]
    assert line["encoding"]["color"]["scale"] == {"domain": NAMES, "range": list(COLOURS[:2])}
    assert line["encoding"]["strokeDash"]["scale"]["domain"] == NAMES
    assert (area["encoding"]["y"]["field"], area["encoding"]["y2"]["field"]) == ("low", "high")


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("accuracy", "Highest: Run 3, with 90.0% in epoch 2."),
        ("loss", "Lowest: Run 3, with 0.6 in epoch 1."),
    ],
)
def test_the_sentence_names_the_curve_that_came_furthest(figure, said):
    assert sentence(ROWS, figure) == said
