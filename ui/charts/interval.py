"""An accuracy on a line from 0 to 100 %, with the range of what it can mean."""

import altair as alt
import pandas as pd

from core.evaluation import Evaluation
from ui.parts import part_colours
from ui.text import _

HEIGHT = 76


def table(evaluation: Evaluation) -> pd.DataFrame:
    """One row: low, accuracy and high, each 0–1."""
    low, high = evaluation.interval
    return pd.DataFrame({"low": [low], "accuracy": [evaluation.accuracy], "high": [high]})


def chart(rows: pd.DataFrame, part: str) -> alt.LayerChart:
    """``rows`` as of `table`; the range is in the colour of ``part``."""
    colour = part_colours()[part]
    figures = [
        alt.Tooltip("accuracy:Q", title=_("Accuracy"), format=".1%"),
        alt.Tooltip("low:Q", title=_("Lowest"), format=".1%"),
        alt.Tooltip("high:Q", title=_("Highest"), format=".1%"),
    ]
    scale, axis = alt.Scale(domain=[0, 1], nice=False), alt.Axis(format="%", tickCount=5, grid=False)
    base = alt.Chart(rows).encode(tooltip=figures)
    reach = base.encode(x=alt.X("low:Q", title=None, scale=scale, axis=axis), x2="high:Q")
    whole = base.encode(x=alt.datum(0, type="quantitative"), x2=alt.datum(1))
    return alt.layer(
        whole.mark_bar(size=10, color="#8B9AA0", opacity=0.25, cornerRadius=5),
        reach.mark_bar(size=10, color=colour, opacity=0.55, cornerRadius=3),
        base.encode(x=alt.X("accuracy:Q", scale=scale)).mark_tick(thickness=4, size=26, color=colour, opacity=1),
    ).properties(height=HEIGHT)
