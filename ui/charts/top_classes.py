"""The most probable classes of one image."""

import altair as alt
import pandas as pd

from core.evaluation.trying.prediction import Prediction
from ui.charts.class_counts import BAR_PIXELS, LONGEST_LABEL_PIXELS, NUMBER_COLOUR
from ui.text import _

SHOWN = 5


def table(prediction: Prediction, count: int | None = None) -> pd.DataFrame:
    """Columns class_name and probability (0–1), the most probable first: ``count`` of them, or all."""
    ranked = prediction.top(count or len(prediction.class_names))
    return pd.DataFrame(ranked, columns=["class_name", "probability"])


def chart(rows: pd.DataFrame) -> alt.LayerChart:
    """Bars from 0 to 100 % of ``rows``, as of `table`, each with its figure."""
    bars = alt.Chart(rows).encode(
        y=alt.Y(
            "class_name:N",
            sort=rows["class_name"].tolist(),
            title=None,
            axis=alt.Axis(labelLimit=LONGEST_LABEL_PIXELS, ticks=False, domain=False),
        ),
        x=alt.X("probability:Q", title=None, axis=None, scale=alt.Scale(domain=[0, 1.15], nice=False)),
        tooltip=[
            alt.Tooltip("class_name:N", title=_("Class")),
            alt.Tooltip("probability:Q", title=_("Probability"), format=".2%"),
        ],
    )
    figures = bars.mark_text(align="left", dx=4, color=NUMBER_COLOUR)
    return alt.layer(
        bars.mark_bar(height={"band": 0.72}), figures.encode(text=alt.Text("probability:Q", format=".1%"))
    ).properties(height=alt.Step(BAR_PIXELS))
