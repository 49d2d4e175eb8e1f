"""How many images a model answers that may say "I don't know", and how often it is right then."""

import altair as alt
import pandas as pd

from core.evaluation.confidence.rejection import Answered
from ui.charts.curve_chart import NEUTRAL
from ui.judging.ranges import span
from ui.numbers import percent
from ui.parts import part_colours
from ui.text import _, ngettext

HEIGHT = 260


def chart(points: pd.DataFrame, part: str, chosen: Answered) -> alt.LayerChart:
    """``points`` as of `core.evaluation.confidence.rejection.risk_coverage`, with the range of what each accuracy can
    mean, and the point that was ``chosen``."""
    colour = part_colours()[part]
    coverage = alt.X(
        "coverage:Q",
        title=_("Images that are answered"),
        scale=alt.Scale(domain=[0, 1], nice=False),
        axis=alt.Axis(format="%", tickCount=5, grid=False),
    )
    y = {"title": _("Answers that are right"), "scale": alt.Scale(zero=False), "axis": alt.Axis(format="%")}
    tooltip = [
        alt.Tooltip("least_confidence:Q", title=_("Least confidence"), format=".1%"),
        alt.Tooltip("coverage:Q", title=_("Images that are answered"), format=".1%"),
        alt.Tooltip("accuracy:Q", title=_("Answers that are right"), format=".1%"),
    ]
    base = alt.Chart(points).encode(x=coverage)
    layers = [
        base.mark_area(color=colour, opacity=0.18).encode(y=alt.Y("accuracy_low:Q", **y), y2="accuracy_high:Q"),
        base.mark_line(color=colour, strokeWidth=2.5).encode(y=alt.Y("accuracy:Q", **y), tooltip=tooltip),
    ]
    if chosen.accuracy is not None:
        row = {name: [getattr(chosen, name)] for name in ("least_confidence", "coverage", "accuracy")}
        point = alt.Chart(pd.DataFrame(row)).encode(x=coverage, tooltip=tooltip)
        layers.append(point.mark_rule(color=NEUTRAL, strokeDash=[5, 4]))
        layers.append(point.mark_circle(color=colour, size=160, opacity=1).encode(y=alt.Y("accuracy:Q", **y)))
    return alt.layer(*layers).properties(height=HEIGHT)


def sentence(chosen: Answered) -> str:
    """What is answered, and what that is worth; in Markdown."""
    if chosen.interval is None:
        return _('It says "I don\'t know" of every image.')
    right = _("Of its answers **{right:,}** are right: {accuracy}, and **{range}** is what that can mean.").format(
        right=chosen.right, accuracy=percent(chosen.right / chosen.answered), range=span(*chosen.interval)
    )
    return f"{_coverage(chosen)} {right}"


def shown(points: pd.DataFrame) -> pd.DataFrame:
    """``points`` under the titles that people read, shares in percent."""
    titles = {
        "least_confidence": _("Least confidence"),
        "answered": _("Images that are answered"),
        "coverage": _("Share of all images"),
        "accuracy": _("Answers that are right"),
        "accuracy_low": _("Lowest"),
        "accuracy_high": _("Highest"),
        "risk": _("Answers that are wrong"),
    }
    shares = {name: points[name].map(percent) for name in titles if name != "answered"}
    return points.assign(**shares)[list(titles)].rename(columns=titles)


def _coverage(chosen: Answered) -> str:
    unknown = chosen.images - chosen.answered
    if unknown == 0:
        return _("It answers every image.")
    return ngettext(
        'It says "I don\'t know" of **{count:,}** image and answers **{answered:,}** ({coverage}).',
        'It says "I don\'t know" of **{count:,}** images and answers **{answered:,}** ({coverage}).',
        unknown,
    ).format(count=unknown, answered=chosen.answered, coverage=percent(chosen.coverage))
