"""How far the answers are off, and to which side, where they are numbers."""

import altair as alt
import pandas as pd

from core.dataset.summary import bins
from core.evaluation import NumberEvaluation
from ui.charts import value_histogram
from ui.numbers import quantity
from ui.parts import part_colours
from ui.text import _


def table(evaluation: NumberEvaluation) -> pd.DataFrame:
    """Columns low, high (the ends of a bin of errors, answer less truth) and images."""
    return bins(evaluation.errors)


def chart(rows: pd.DataFrame, part: str) -> alt.LayerChart:
    """``rows`` as of `table`, in the colour of ``part``, and the line on which right answers lie."""
    bars = value_histogram.draw(rows, _("Answer less true number"), part_colours()[part])
    right = alt.Chart(pd.DataFrame({"low": [0]})).mark_rule(color="#8B9AA0", strokeDash=[5, 4])
    return alt.layer(bars, right.encode(x="low:Q")).properties(height=value_histogram.HEIGHT)


def sentence(evaluation: NumberEvaluation) -> str:
    """Whether the answers lean to one side, with what that can mean; in Markdown."""
    bias = evaluation.bias
    if bias.interval is None:
        return _("Answer less true number is {error} on average.").format(error=quantity(bias.value))
    low, high = bias.interval
    if low > 0:
        text = _("The answers are **too high**, by {error} on average; **{low} to {high}** is what that can mean.")
        return text.format(error=quantity(bias.value), low=quantity(low), high=quantity(high))
    if high < 0:
        text = _("The answers are **too low**, by {error} on average; **{low} to {high}** is what that can mean.")
        return text.format(error=quantity(-bias.value), low=quantity(-high), high=quantity(-low))
    return _(
        "The answers lean to neither side: too high and too low even out to {error}, and **{low} to {high}**, which "
        "holds 0, is what that can mean."
    ).format(error=quantity(bias.value), low=quantity(low), high=quantity(high))
