import pandas as pd
import pytest

from core.tuning.space import Range
from ui.charts.objective_scale import ObjectiveScale
from ui.charts.parameter_axis import ParameterAxis
from ui.charts.slices import chart, rows

NAN = float("nan")
SCALE = ObjectiveScale(0.5, 1.0, maximizes=True)
AXIS = ParameterAxis.of("rate", "Learning rate", Range(low=0.0001, high=0.01, log=True), str)
SEEN = pd.DataFrame(
    {
        "trial": [1, 2, 3],
        "state": ["complete", "failed", "complete"],
        "value": [0.75, NAN, 0.1],
        "told": ["75.0%", "–", "10.0%"],
        "is_best": [True, False, False],
        "rate": [0.001, 0.01, NAN],
        "setting_0": ["0.001", "0.01", "none"],
    }
)


def test_a_mark_stands_at_its_setting_and_where_it_failed_at_the_edge():
    found = rows(SEEN, AXIS, SCALE, "setting_0")
    assert found["trial"].tolist() == [1, 2]
    assert found["position"].tolist() == pytest.approx([0.5, 1])
    assert found["at"].tolist() == [0.75, 0.5]
    assert found["setting"].tolist() == ["0.001", "0.01"]


def test_the_axis_is_written_at_the_positions():
    axis = chart(AXIS, SCALE, "Accuracy", "light").to_dict()["layer"][0]["encoding"]["x"]["axis"]
    assert axis["values"] == [0, 0.5, 1]
    assert axis["labelExpr"] == '{"0": "0.0001", "0.5": "0.001", "1": "0.01"}[toString(datum.value)]'
