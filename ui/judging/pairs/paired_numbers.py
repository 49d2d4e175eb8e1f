"""How two models that answer with numbers differ: their errors, the draws, and the images that set them apart."""

import streamlit as st

from core.dataset.store import Dataset
from core.evaluation.comparing.paired_numbers import PairedNumbers
from core.message import Message
from ui.judging import numbers
from ui.judging.pairs import difference, paired_images
from ui.judging.ranges import how_ranges_are_drawn
from ui.numbers import quantity
from ui.text import _, translate


def show(paired: PairedNumbers, names: tuple[Message, Message], dataset: Dataset) -> None:
    """Draws ``paired``; ``dataset`` is that of the first run."""
    first, second = map(translate, names)
    _show_figures(paired, first, second)
    st.subheader(_("The difference, drawn anew"), anchor=False)
    difference.show(
        paired.drawn_differences,
        paired.error_difference,
        paired.common.first.part,
        title=_("Mean absolute error of {first} less that of {second}").format(first=first, second=second),
        axis_format="+.3~g",
    )
    _show_images(paired, first, second, dataset)


def _show_figures(paired: PairedNumbers, first: str, second: str) -> None:
    panels = st.grid(3, min_column_width=200, gap="small")
    for name, judged in ((first, paired.common.first), (second, paired.common.second)):
        with panels.cell():
            st.metric(_("Mean absolute error of {name}").format(name=name), quantity(judged.mean_absolute_error))
            st.caption(numbers.sentence(judged))
    found = paired.error_difference
    with panels.cell():
        st.metric(_("Difference of the errors"), quantity(found.value), help=how_ranges_are_drawn())
        st.caption(numbers.reach(found))


def _show_images(paired: PairedNumbers, first: str, second: str, dataset: Dataset) -> None:
    ours, theirs = paired.common.first.predictions, paired.common.second.predictions

    def describe(position: int) -> tuple[str, str]:
        """The caption and the alternative text of an image."""
        true, *answers = (
            quantity(column.iloc[position]) for column in (ours["value"], ours["predicted"], theirs["predicted"])
        )
        alt = _("{true}, predicted as {predicted} by {first} and as {other} by {second}").format(
            true=true, predicted=answers[0], first=first, other=answers[1], second=second
        )
        return f"{true} → {answers[0]} · {answers[1]}", alt

    st.subheader(_("Images that set them apart"), anchor=False)
    st.caption(_("True number → {first} · {second}; the largest difference first.").format(first=first, second=second))
    closer = _("{name} is closer ({count:,})")
    by_first, by_second = paired.closer(first=True), paired.closer(first=False)
    groups = {
        closer.format(name=first, count=len(by_first)): by_first,
        closer.format(name=second, count=len(by_second)): by_second,
    }
    paired_images.show(groups, describe, ours["row"].to_numpy(), dataset)
