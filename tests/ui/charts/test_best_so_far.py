import pandas as pd

from ui.charts.best_so_far import chart, rows
from ui.charts.objective_scale import ObjectiveScale
from ui.charts.trial_marks import SHAPES

NAN = float("nan")
SCALE = ObjectiveScale(0.5, 1.0, maximizes=True)
SEEN = pd.DataFrame(
    {
        "trial": [1, 2, 3, 5],
        "state": ["complete", "pruned", "complete", "failed"],
        "value": [0.6, 0.3, 0.9, NAN],
        "is_best": [False, False, True, False],
        "told": ["60.0%", "30.0%", "90.0%", "–"],
    }
)
BEST = pd.DataFrame({"number": [0, 2], "value": [0.6, 0.9], "best": [0.6, 0.9]})


def drawn(detail: str) -> list[list]:
    found = rows(SEEN, BEST, SCALE)
    return found.loc[found["detail"] == detail, ["trial", "at"]].to_numpy().tolist()


def test_the_line_goes_from_the_first_complete_trial_to_the_last_of_all():
    assert drawn("best") == [[1, 0.6], [3, 0.9], [5, 0.9]]


def test_a_trial_that_is_far_worse_or_failed_stands_at_the_edge():
    assert drawn("trial") == [[1, 0.6], [2, 0.5], [3, 0.9], [5, 0.5]]


def test_only_the_best_has_a_ring():
    found = rows(SEEN, BEST, SCALE)
    assert found.loc[found["is_best"], "trial"].tolist() == [3]


def test_where_all_were_pruned_there_is_no_line():
    found = rows(SEEN.iloc[[1]], BEST.head(0), SCALE)
    assert found["detail"].tolist() == ["trial"]


def test_states_are_told_apart_by_shape():
    assert len(set(SHAPES.values())) == len(SHAPES)
    points = chart(SCALE, 10, [("told", "Accuracy")], "light").to_dict()["layer"][1]
    assert points["encoding"]["shape"]["scale"] == {"domain": list(SHAPES), "range": list(SHAPES.values())}


def test_the_drawing_holds_no_rows_and_has_room_for_all_trials_from_the_start():
    specified = chart(SCALE, 10, [("told", "Accuracy")], "light").to_dict()
    assert specified["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0, 11]
    assert "datasets" not in specified
