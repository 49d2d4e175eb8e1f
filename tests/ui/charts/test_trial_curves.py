import pandas as pd
import pytest

from ui.charts.objective_scale import ObjectiveScale
from ui.charts.trial_curves import MOST_POINTS, chart, rows

NAN = float("nan")
SCALE = ObjectiveScale(0.2, 1.0, maximizes=True)
CURVES = pd.DataFrame(
    [
        (0, "complete", 1, 0.5),
        (0, "complete", 2, 0.9),
        (1, "pruned", 1, 0.1),
        (1, "pruned", 2, NAN),
        (2, "running", 1, 0.6),
    ],
    columns=["number", "state", "epoch", "value"],
)


def test_each_curve_ends_at_its_last_epoch_with_a_number():
    found = rows(CURVES, 0, SCALE)
    ends = found[found["is_end"]].set_index("trial")
    assert ends["epoch"].to_dict() == {2: 1, 3: 1, 1: 2}
    assert ends["state"].to_dict() == {2: "pruned", 3: "running", 1: "complete"}
    assert ends["value"].to_dict() == {2: 0.1, 3: 0.6, 1: 0.9}


def test_the_best_lies_over_the_others_and_what_is_far_worse_at_the_edge():
    found = rows(CURVES, 0, SCALE)
    assert found["trial"].tolist() == [2, 3, 1, 1]
    assert found["at"].tolist() == [0.2, 0.6, 0.5, 0.9]
    assert found["is_best"].tolist() == [False, False, True, True]


@pytest.mark.parametrize(("epochs", "points"), [(MOST_POINTS, 60), (150, 51), (600, 61)])
def test_long_curves_are_thinned_and_keep_their_end(epochs, points):
    curve = pd.DataFrame({"number": 0, "state": "complete", "epoch": range(1, epochs + 1), "value": 0.5})
    found = rows(curve, 0, SCALE)
    assert len(found) == points
    assert (found["epoch"].iloc[0], found["epoch"].iloc[-1]) == (1, epochs)


def test_without_an_epoch_there_are_no_points():
    assert rows(CURVES.head(0), None, SCALE).empty


def test_the_axis_has_all_epochs_from_the_start():
    specified = chart(SCALE, 10, "Accuracy", "light").to_dict()
    assert specified["layer"][0]["encoding"]["x"]["axis"]["values"] == list(range(11))
    assert "datasets" not in specified
