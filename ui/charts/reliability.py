"""How often a model is right where it says how sure it is: the reliability diagram."""

import altair as alt
import pandas as pd

from core.evaluation import Evaluation
from core.evaluation.confidence.calibration import reliability
from core.evaluation.confidence.decided import confidence_and_right
from ui.charts.curve_chart import NEUTRAL
from ui.numbers import percent
from ui.parts import part_colours
from ui.text import _, ngettext

HEIGHT = 300
_SIZES = [40, 500]


def table(evaluation: Evaluation) -> pd.DataFrame:
    """One row for each range of confidence that has images, with the columns of `reliability` in core."""
    ranges = reliability(*confidence_and_right(evaluation))
    return ranges[ranges["images"] > 0]


def chart(ranges: pd.DataFrame, part: str) -> alt.LayerChart:
    """``ranges`` as of `table`: a dot for each, larger where there are more images, with the range of what its accuracy
    can mean. On the dashed line a model is right exactly as often as it says."""
    colour, whole = part_colours()[part], alt.Scale(domain=[0, 1], nice=False)
    axis = alt.Axis(format="%", tickCount=5)
    base = alt.Chart(ranges).encode(
        x=alt.X("confidence:Q", title=_("How sure it says it is"), scale=whole, axis=axis),
        tooltip=[
            alt.Tooltip("confidence:Q", title=_("How sure it says it is"), format=".1%"),
            alt.Tooltip("accuracy:Q", title=_("How often it is right"), format=".1%"),
            alt.Tooltip("accuracy_low:Q", title=_("Lowest"), format=".1%"),
            alt.Tooltip("accuracy_high:Q", title=_("Highest"), format=".1%"),
            alt.Tooltip("images:Q", title=_("Images"), format=","),
        ],
    )
    y = {"title": _("How often it is right"), "scale": whole, "axis": axis}
    size = alt.Size("images:Q", scale=alt.Scale(range=_SIZES, domainMin=0), legend=None)
    ends = pd.DataFrame({"confidence": [0, 1], "accuracy": [0, 1]})
    return alt.layer(
        alt.Chart(ends)
        .mark_line(color=NEUTRAL, strokeDash=[5, 4])
        .encode(x=alt.X("confidence:Q", scale=whole, axis=axis), y=alt.Y("accuracy:Q", **y)),
        base.mark_rule(color=colour, strokeWidth=2, opacity=0.6).encode(
            y=alt.Y("accuracy_low:Q", **y), y2="accuracy_high:Q"
        ),
        base.mark_circle(color=colour, opacity=1).encode(y=alt.Y("accuracy:Q", **y), size=size),
    ).properties(height=HEIGHT)


def sentence(ranges: pd.DataFrame) -> str:
    """How sure the model is most often, and how often it is right then; in Markdown."""
    fullest = ranges.loc[ranges["images"].idxmax()]
    return ngettext(
        "Once it says **{confidence}**, and is right in **{right} of 100** such cases.",
        "When it says about **{confidence}**, as for {images:,} of the images, it is right in **{right} of 100**.",
        int(fullest["images"]),
    ).format(
        confidence=percent(fullest["confidence"], 0),
        images=int(fullest["images"]),
        right=round(100 * fullest["accuracy"]),
    )


def shown(ranges: pd.DataFrame) -> pd.DataFrame:
    """``ranges`` under the titles that people read, shares in percent."""
    titles = {
        "low": _("Says from"),
        "high": _("Says up to"),
        "images": _("Images"),
        "confidence": _("Says on average"),
        "accuracy": _("Is right"),
        "accuracy_low": _("Lowest"),
        "accuracy_high": _("Highest"),
    }
    shares = {name: ranges[name].map(percent) for name in titles if name != "images"}
    return ranges.assign(**shares)[list(titles)].rename(columns=titles)
