"""What a cue sees of the images of each class: where the middle half lies, and how far the rest reaches."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from ui.markdown import plain
from ui.numbers import quantity
from ui.text import _

COLOUR = "#56B4E9"
_BAR_PIXELS = 34


def table(values: np.ndarray, labels: np.ndarray, class_names: Sequence[str]) -> pd.DataFrame:
    """One row per class that has images: class_name, images, and of its ``values``, (images,), the lowest, the lower
    quarter, the median, the upper quarter and the highest."""
    rows = []
    for label in np.unique(labels):
        of_class = values[labels == label]
        rows.append((class_names[label], len(of_class), *np.quantile(of_class, [0, 0.25, 0.5, 0.75, 1])))
    return pd.DataFrame(
        rows, columns=["class_name", "images", "lowest", "lower_quarter", "median", "upper_quarter", "highest"]
    )


def titles() -> dict[str, str]:
    """What the columns of `table` are called."""
    return {
        "class_name": _("Class"),
        "images": _("Images"),
        "lowest": _("Lowest"),
        "lower_quarter": _("Lower quarter"),
        "median": _("Median"),
        "upper_quarter": _("Upper quarter"),
        "highest": _("Highest"),
    }


def chart(rows: pd.DataFrame, title: str) -> alt.LayerChart:
    """``rows`` as of `table`: a line from lowest to highest, a bar for the middle half, a tick at the median."""
    kinds = {name: "N" if name == "class_name" else "Q" for name in titles()}
    figures = [alt.Tooltip(f"{name}:{kinds[name]}", title=told) for name, told in titles().items()]
    scale = alt.Scale(zero=False)
    base = alt.Chart(rows).encode(
        y=alt.Y(
            "class_name:N",
            title=None,
            sort=None,
            axis=alt.Axis(ticks=False, domain=False, labelLimit=160, labelFlush=False, labelBound=False),
        ),
        tooltip=figures,
    )
    x = alt.X("lowest:Q", title=title, scale=scale, axis=alt.Axis(grid=False, tickCount=6, format="~s"))
    return alt.layer(
        base.mark_rule(color="#8B9AA0", size=2).encode(x=x, x2="highest:Q"),
        base.mark_bar(height={"band": 0.5}, color=COLOUR, opacity=0.7).encode(
            x="lower_quarter:Q", x2="upper_quarter:Q"
        ),
        base.mark_tick(thickness=3, size=18, color="#7F8C92").encode(x="median:Q"),
    ).properties(height=alt.Step(_BAR_PIXELS))


def sentence(rows: pd.DataFrame) -> str:
    """The classes whose medians are the furthest apart; in Markdown."""
    least, most = rows.loc[rows["median"].idxmin()], rows.loc[rows["median"].idxmax()]
    if least["median"] == most["median"]:
        return _("The median is {value} in every class.").format(value=quantity(least["median"]))
    return _("The median is lowest in {least} ({low}) and highest in {most} ({high}).").format(
        least=plain(least["class_name"]),
        low=quantity(least["median"]),
        most=plain(most["class_name"]),
        high=quantity(most["median"]),
    )
