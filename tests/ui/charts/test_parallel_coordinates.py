import pandas as pd
import pytest

from core.tuning.space import Choices, Range
from ui.charts.objective_scale import ObjectiveScale
from ui.charts.parallel_coordinates import chart, objective_marks, rows, titles_in_lines
from ui.charts.parameter_axis import Mark, ParameterAxis

NAN = float("nan")
SCALE = ObjectiveScale(0.5, 1.0, maximizes=True)
AXES = (
    ParameterAxis.of("rate", "Learning rate", Range(low=0.0001, high=0.01, log=True), str),
    ParameterAxis.of("kind", "Optimizer", Choices(choices=("SGD", "RMSprop", "Adam")), str),
)
SEEN = pd.DataFrame(
    {
        "trial": [1, 2, 3],
        "state": ["complete", "pruned", "failed"],
        "value": [0.75, 0.3, NAN],
        "is_best": [True, False, False],
        "rate": [0.001, 0.01, 0.01],
        "kind": ["Adam", "SGD", "SGD"],
    }
)


def test_each_trial_goes_across_its_settings_to_what_it_reached_the_worst_first():
    found = rows(SEEN, AXES, SCALE)
    assert found[["trial", "place"]].to_numpy().tolist() == [[2, 0], [2, 1], [2, 2], [1, 0], [1, 1], [1, 2]]
    assert found["position"].tolist() == pytest.approx([1, 0, 0, 0.5, 1, 0.5])  # 0.3 stands at the edge


def test_the_colour_goes_by_the_rank():
    assert rows(SEEN, AXES, SCALE).groupby("trial")["strength"].first().to_dict() == {1: 1.0, 2: 0.5}
    falling = ObjectiveScale(0.2, 1.0, maximizes=False)
    assert rows(SEEN, AXES, falling).groupby("trial")["strength"].first().to_dict() == {1: 0.5, 2: 1.0}


def test_a_trial_whose_setting_is_not_known_is_left_out():
    assert set(rows(SEEN.assign(kind=[None, "SGD", "SGD"]), AXES, SCALE)["trial"]) == {2}


def test_the_axis_of_the_objective_is_written_in_round_numbers():
    assert objective_marks(ObjectiveScale(0.9, 1.0, maximizes=True))[::5] == (Mark(0.0, "90%"), Mark(1.0, "100%"))
    assert [mark.text for mark in objective_marks(ObjectiveScale(0.2, 0.4, maximizes=False))][:2] == ["0.2", "0.25"]


def test_titles_are_broken_between_words_the_more_axes_there_are():
    long, others = "filters of layer 1 (Conv2D)", ["kind"] * 7
    assert titles_in_lines([long, "Accuracy"])[0] == "Filters of layer 1 (Conv2D)"
    assert titles_in_lines([long, *others, "Accuracy"])[0] == "Filters of\nlayer 1\n(Conv2D)"


def test_the_texts_of_the_axes_are_part_of_the_drawing_and_the_trials_are_not():
    specified = chart(AXES, SCALE, "Accuracy", "dark").to_dict()
    assert "datasets" not in specified
    texts = {row["text"] for layer in specified["layer"] for row in layer["data"].get("values", []) if "text" in row}
    assert {"0.0001", "0.001", "0.01", "SGD", "RMSprop", "Adam", "Learning rate", "Optimizer", "50%", "100%"} <= texts
