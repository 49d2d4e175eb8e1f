"""What a figure can mean, in words."""

from core.evaluation.figures.resampling import Estimate
from ui.numbers import percent
from ui.text import _


def span(low: float, high: float) -> str:
    """Two shares as ``80–97%``, in as many digits as it takes to tell them apart."""
    width = high - low
    digits = 0 if width >= 0.02 else 1 if width >= 0.002 else 2
    return f"{100 * low:.{digits}f}–{percent(high, digits)}"


def share_sentence(title: str, figure: Estimate) -> str:
    """``Macro F1 is 93.1%, and 80–97% is what that can mean.``; in Markdown."""
    if figure.interval is None:
        return _("{title} is {value}. Drawn anew, these images give the same, so no range can be told.").format(
            title=title, value=percent(figure.value)
        )
    return _("{title} is {value}, and **{range}** is what that can mean.").format(
        title=title, value=percent(figure.value), range=span(*figure.interval)
    )


def how_ranges_are_drawn() -> str:
    """The help beside a range that was found by drawing anew."""
    return _(
        "Other images of the same kind would give another figure. In about 95 of 100 such draws, a range made "
        "this way, by drawing anew from these images, holds the figure on all images of that kind."
    )
