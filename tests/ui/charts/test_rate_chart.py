import pandas as pd

from ui.charts.curve_chart import NEUTRAL
from ui.charts.rate_chart import chart, rows
from ui.parts import part_colours

CURVE = pd.DataFrame(
    {
        "epoch": [0.0, 1.0, 2.0, 1.0],
        "learning_rate": [0.4, 0.2, 0.2, 0.2],
        "is_change": [False, False, False, True],
    }
)


def test_rates_changes_and_the_unseen_edges_of_the_scale_are_told_apart():
    table = rows(CURVE)
    assert table["detail"].tolist() == ["rate", "rate", "rate", "change", "frame", "frame"]
    edges = table[table["detail"] == "frame"]["learning_rate"]
    assert edges.min() < 0 < 0.4 < edges.max(), "a mark at the edge is whole"


def test_there_is_something_to_draw_before_a_rate_is_known_and_where_it_is_nothing():
    assert rows(CURVE.head(0))["learning_rate"].is_unique
    assert rows(CURVE.head(1).assign(learning_rate=0.0)).query("detail == 'frame'")["learning_rate"].is_unique


def test_the_learning_rate_has_no_colour_of_a_part():
    marks = [layer["mark"] for layer in chart(5).to_dict()["layer"]]
    assert {mark["color"] for mark in marks} == {NEUTRAL}
    assert NEUTRAL not in part_colours().values()
    assert marks[0]["interpolate"] == "step-after", "a rate holds until the next one"
