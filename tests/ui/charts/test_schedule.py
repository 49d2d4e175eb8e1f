import pandas as pd
import pytest

from ui.charts.schedule import chart, landmarks, sentence

# The rates of each update, two to an epoch; the last row repeats the last rate, as in core.objective.schedule_curve.
CURVES = [
    ([1, 1, 1, 1, 1], [("start", 0, 1)], "The learning rate is 1 from the first update to the last."),
    ([1, 1], [("start", 0, 1)], "The learning rate is 1 from the first update to the last."),
    (
        [4, 3, 2, 1, 1],
        [("start", 0, 4), ("end", 2, 1)],
        "The learning rate falls from 4 to 1, until the end of epoch 2.",
    ),
    (
        [0, 0.25, 0.5, 0.75, 0.75],
        [("start", 0, 0), ("end", 2, 0.75)],
        "The learning rate rises from 0 to 0.75, until the end of epoch 2.",
    ),
    (
        [0, 1, 1, 1, 1],
        [("start", 0, 0), ("peak", 0.5, 1)],
        "The learning rate rises from 0 to 1 until epoch 0.5, and stays there.",
    ),
    (
        [0.04, 1, 0.5, 4e-6, 4e-6],
        [("start", 0, 0.04), ("peak", 0.5, 1), ("end", 2, 4e-6)],
        "The learning rate rises from 0.04 to 1 until epoch 0.5, then falls to 4e-06.",
    ),
]


def curve(rates: list[float]) -> pd.DataFrame:
    steps = range(len(rates))
    return pd.DataFrame({"epoch": [step / 2 for step in steps], "step": steps, "learning_rate": rates}, dtype=float)


@pytest.mark.parametrize(("rates", "points", "told"), CURVES)
def test_start_peak_and_end_are_found_and_told(rates, points, told):
    found = landmarks(curve(rates))
    assert list(found[["name", "epoch", "learning_rate"]].itertuples(index=False, name=None)) == points
    assert sentence(curve(rates)) == told


def test_the_line_has_the_colour_of_the_theme_and_jumps_where_the_rate_does():
    line = chart(curve([4, 3, 2, 1, 1]), "light").to_dict()["layer"][0]
    assert line["mark"] == {"type": "line", "interpolate": "step-after", "strokeWidth": 2.5}
    assert "color" not in line["encoding"]
    assert line["encoding"]["x"]["axis"]["values"] == [0, 1, 2], "whole epochs"
