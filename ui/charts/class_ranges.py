"""How many images of each class were found, as a share, with the range of what that can mean."""

import altair as alt
import pandas as pd

from core.evaluation import Evaluation
from core.evaluation.figures.class_figures import class_figures
from ui.parts import part_colours
from ui.text import _

ROW_PIXELS = 29


def table(evaluation: Evaluation) -> pd.DataFrame:
    """Columns class_name, images, recall, recall_low and recall_high (0–1); classes without images are left out."""
    columns = ["class_name", "images", "recall", "recall_low", "recall_high"]
    return class_figures(evaluation)[columns].dropna(ignore_index=True)


def chart(rows: pd.DataFrame, part: str) -> alt.LayerChart:
    """``rows`` as of `table`, in the colour of ``part``."""
    colour = part_colours()[part]
    base = alt.Chart(rows).encode(
        y=alt.Y("class_name:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=120)),
        tooltip=[
            alt.Tooltip("class_name:N", title=_("Class")),
            alt.Tooltip("images:Q", title=_("Images"), format=","),
            alt.Tooltip("recall:Q", title=_("Recall"), format=".1%"),
            alt.Tooltip("recall_low:Q", title=_("Lowest"), format=".1%"),
            alt.Tooltip("recall_high:Q", title=_("Highest"), format=".1%"),
        ],
    )
    scale, axis = alt.Scale(domain=[0, 1], nice=False), alt.Axis(format="%", tickCount=5, orient="top")
    reach = base.encode(
        x=alt.X("recall_low:Q", title=_("Found of each class"), scale=scale, axis=axis), x2="recall_high"
    )
    found = base.encode(x=alt.X("recall:Q", scale=scale))
    return alt.layer(
        reach.mark_bar(size=8, color=colour, opacity=0.55, cornerRadius=3),
        found.mark_tick(thickness=3, size=18, color=colour, opacity=1),
    ).properties(height=alt.Step(ROW_PIXELS))
