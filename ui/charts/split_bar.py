"""How the images fall into training, validation and test."""

import altair as alt
import pandas as pd

from core.split import PARTS
from ui.parts import part_scale, part_title
from ui.text import _

BAR_PIXELS = 22
LONGEST_LABEL_PIXELS = 140


def whole(counts: pd.DataFrame) -> alt.Chart:
    """One bar for all images of ``counts`` (columns class_name, part, images)."""
    totals = _ordered(counts.groupby("part", as_index=False)["images"].sum())
    return (
        alt.Chart(totals)
        .mark_bar(size=22)
        .encode(
            x=alt.X("images:Q", axis=None, stack="zero", scale=alt.Scale(nice=False)),
            color=_colour(legend=None),
            order=alt.Order("order:Q"),
            tooltip=_tooltip(),
        )
        .properties(height=26, padding=0)
    )


def by_class(counts: pd.DataFrame) -> alt.Chart:
    """A bar for each class of ``counts`` (columns class_name, part, images), in the order of its rows."""
    return (
        alt.Chart(_ordered(counts))
        .mark_bar(height={"band": 0.72})
        .encode(
            y=alt.Y(
                "class_name:N",
                sort=None,
                title=None,
                axis=alt.Axis(labelLimit=LONGEST_LABEL_PIXELS, ticks=False, domain=False),
            ),
            x=alt.X("images:Q", title=_("Images"), axis=alt.Axis(format=",d", tickMinStep=1, tickCount=5)),
            color=_colour(legend=alt.Legend(title=None, orient="top")),
            order=alt.Order("order:Q"),
            tooltip=[alt.Tooltip("class_name:N", title=_("Class")), *_tooltip()],
        )
        .properties(height=alt.Step(BAR_PIXELS))
    )


def sentence(counts: pd.DataFrame) -> str:
    """What the charts show, in one sentence."""
    images = counts.groupby("part")["images"].sum()
    return _("{train:,} images for training, {validation:,} for validation, {test:,} for the test.").format(
        **{part: int(images[part]) for part in PARTS}
    )


def table(counts: pd.DataFrame) -> pd.DataFrame:
    """One row per class, one column per part, under the titles that people read."""
    wide = counts.pivot(index="class_name", columns="part", values="images").reindex(
        index=counts["class_name"].unique(), columns=list(PARTS)
    )
    wide.columns = [part_title(part) for part in PARTS]
    return wide.rename_axis(_("Class")).reset_index()


def _ordered(counts: pd.DataFrame) -> pd.DataFrame:
    return counts.assign(title=counts["part"].map(part_title), order=counts["part"].map(PARTS.index))


def _colour(legend: alt.Legend | None) -> alt.Color:
    return alt.Color("title:N", scale=part_scale(), legend=legend, sort=None)


def _tooltip() -> list[alt.Tooltip]:
    return [alt.Tooltip("title:N", title=_("Part")), alt.Tooltip("images:Q", title=_("Images"), format=",")]
