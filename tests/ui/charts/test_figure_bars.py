import pandas as pd
import pytest

from ui.charts import figure_bars

ROWS = pd.DataFrame(
    [("The net", 0.9, 0.8, 0.95, "#E69F00"), ("Mean colour", 0.5, None, None, figure_bars.NEUTRAL)],
    columns=["name", "figure", "low", "high", "colour"],
)


@pytest.mark.parametrize(("guessing", "marks"), [(None, ["bar", "rule"]), (0.5, ["bar", "rule", "rule"])])
def test_guessing_is_a_line_across_where_there_is_such(guessing, marks):
    chart = figure_bars.chart(ROWS, title="Accuracy", is_share=True, theme="light", guessing=guessing).to_dict()
    assert [layer["mark"]["type"] for layer in chart["layer"]] == marks


@pytest.mark.parametrize(("is_share", "scale"), [(True, {"domain": [0, 1], "nice": False}), (False, {"zero": True})])
def test_shares_go_from_0_to_100_percent_and_errors_from_0(is_share, scale):
    chart = figure_bars.chart(ROWS, title="Figure", is_share=is_share, theme="dark").to_dict()
    assert chart["layer"][0]["encoding"]["x"]["scale"] == scale
