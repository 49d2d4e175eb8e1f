"""How two models that answer with classes differ: accuracies, who was right where, the draws, and the images."""

import pandas as pd
import streamlit as st

from core.dataset.store import Dataset
from core.evaluation.comparing.paired import PairedClasses
from core.evaluation.figures.resampling import Estimate
from core.message import Message
from ui.judging import result
from ui.judging.cases import case_texts
from ui.judging.pairs import difference, paired_images
from ui.judging.ranges import how_ranges_are_drawn
from ui.numbers import percent
from ui.text import _, translate


def show(paired: PairedClasses, names: tuple[Message, Message], dataset: Dataset) -> None:
    """Draws ``paired``; ``dataset`` is that of the first run."""
    first, second = map(translate, names)
    _show_figures(paired, first, second)
    panels = st.grid(2, min_column_width=370, gap="medium")
    with panels.cell():
        st.subheader(_("Who was right"), anchor=False)
        st.table(agreement_table(paired, first, second))
        st.caption(
            _(
                "Images that both got right, or both wrong, do not tell them apart. The exact test of McNemar asks how "
                "often a fair coin splits the others so unevenly: p = {p_value}."
            ).format(p_value=f"{paired.p_value:.2g}")
        )
    with panels.cell():
        st.subheader(_("The difference, drawn anew"), anchor=False)
        difference.show(
            paired.drawn_differences,
            paired.accuracy_difference,
            paired.common.first.part,
            title=_("Accuracy of {first} less that of {second}").format(first=first, second=second),
            axis_format="+.1%",
            unit=1 / paired.images,
        )
        if paired.contradicts_draws:
            st.caption(
                _(
                    "With so few images on which they differ, the draws and the exact test do not agree on whether 0 "
                    "can be; the exact test counts."
                )
            )
    _show_images(paired, first, second, dataset)


def agreement_table(paired: PairedClasses, first: str, second: str) -> pd.DataFrame:
    """Images by who got them right: rows for ``first``, columns for ``second``, right before wrong."""
    right, wrong = _("{name} right"), _("{name} wrong")
    return pd.DataFrame(
        paired.agreement[::-1, ::-1],
        index=[text.format(name=first) for text in (right, wrong)],
        columns=[text.format(name=second) for text in (right, wrong)],
    )


def points(share: float) -> str:
    """A difference of shares in percentage points: ``0.025`` is ``+2.5``."""
    return f"{round(100 * share, 1) + 0.0:+.1f}"


def _show_figures(paired: PairedClasses, first: str, second: str) -> None:
    panels = st.grid(4, min_column_width=180, gap="small")
    for name, judged in ((first, paired.common.first), (second, paired.common.second)):
        with panels.cell():
            st.metric(_("Accuracy of {name}").format(name=name), percent(judged.accuracy))
            st.caption(result.sentence(judged))
    differences = {
        _("Difference in points"): paired.accuracy_difference,
        _("Difference of macro F1"): paired.macro_f1_difference,
    }
    for title, found in differences.items():
        with panels.cell():
            st.metric(title, points(found.value), help=how_ranges_are_drawn())
            st.caption(_reach(found))


def _reach(found: Estimate) -> str:
    if found.interval is None:
        return _("Drawn anew, these images give the same.")
    low, high = map(points, found.interval)
    return _("**{low} to {high}** is what that can mean.").format(low=low, high=high)


def _show_images(paired: PairedClasses, first: str, second: str, dataset: Dataset) -> None:
    ours, theirs = paired.common.first, paired.common.second

    def describe(position: int) -> tuple[str, str]:
        """The caption and the alternative text of an image that one of both got wrong: what that one answered."""
        is_first_right = ours.predictions["label"].iloc[position] == ours.predictions["predicted"].iloc[position]
        wrong = theirs if is_first_right else ours
        case = next(wrong.predictions.iloc[[position]].itertuples())
        return case_texts.title(case, wrong.class_names), case_texts.description(case, wrong.class_names)

    st.subheader(_("Images that only one got right"), anchor=False)
    only = _("Only {name} ({count:,})")
    groups = {
        only.format(name=first, count=paired.only_first): paired.right_only(first=True),
        only.format(name=second, count=paired.only_second): paired.right_only(first=False),
    }
    paired_images.show(groups, describe, ours.predictions["row"].to_numpy(), dataset)
