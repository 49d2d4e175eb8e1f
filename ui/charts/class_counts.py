"""How many images each class has."""

import altair as alt
import pandas as pd

from ui.text import _

BAR_PIXELS = 22
NUMBER_COLOUR = "#7F8C92"  # readable on light and on dark
LONGEST_LABEL_PIXELS = 160


def draw(counts: pd.DataFrame) -> alt.Chart:
    """Horizontal bars from ``counts`` (columns class_name and images), in the order of its rows."""
    bars = alt.Chart(counts).encode(
        y=alt.Y(
            "class_name:N",
            sort=None,
            title=None,
            axis=alt.Axis(labelLimit=LONGEST_LABEL_PIXELS, ticks=False, domain=False),
        ),
        x=alt.X("images:Q", title=None, axis=None),
        tooltip=[
            alt.Tooltip("class_name:N", title=_("Class")),
            alt.Tooltip("images:Q", title=_("Images"), format=","),
        ],
    )
    numbers = bars.mark_text(align="left", dx=4, color=NUMBER_COLOUR).encode(text=alt.Text("images:Q", format=","))
    return (bars.mark_bar(height={"band": 0.72}) + numbers).properties(height=alt.Step(BAR_PIXELS))


def sentence(counts: pd.DataFrame) -> str:
    """What the chart shows, in one sentence."""
    fewest, most = int(counts["images"].min()), int(counts["images"].max())
    if fewest == most:
        return _("Every class has {images:,} images.").format(images=most)
    smallest, largest = (
        counts["class_name"][counts["images"].idxmin()],
        counts["class_name"][counts["images"].idxmax()],
    )
    return _("From {fewest:,} images of {smallest} to {most:,} of {largest}.").format(
        fewest=fewest, smallest=smallest, most=most, largest=largest
    )
