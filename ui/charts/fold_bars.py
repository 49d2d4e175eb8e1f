"""Which part of the images each fold validates: one bar for each fold."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.split import PARTS, Assignment
from ui.parts import part_scale, part_title
from ui.text import _

BAR_PIXELS = 24


def table(folds: Sequence[Assignment]) -> pd.DataFrame:
    """One row for each fold and piece of its bar, from left to right: columns fold (from 1), piece, part, images.

    The pieces are the validation images of each fold, in the order of the folds, and the test.
    """
    validating = [int((assignment.parts == "validation").sum()) for assignment in folds]
    test = int((folds[0].parts == "test").sum())
    rows = [
        (fold + 1, piece, "validation" if piece == fold else "train", images)
        for fold in range(len(folds))
        for piece, images in enumerate(validating)
    ]
    rows += [(fold + 1, len(folds), "test", test) for fold in range(len(folds)) if test]
    return pd.DataFrame(rows, columns=["fold", "piece", "part", "images"])


def draw(rows: pd.DataFrame, shown: int) -> alt.Chart:
    """The bars of ``rows``, as of `table`; that of the fold ``shown`` (from 0) stands out."""
    titled = rows.assign(
        name=[_("Fold {number}").format(number=fold) for fold in rows["fold"]],
        title=rows["part"].map(part_title),
        strength=np.where(rows["fold"] == shown + 1, 1.0, 0.6),
    )
    return (
        alt.Chart(titled)
        .mark_bar(height={"band": 0.78}, stroke="white", strokeWidth=1, strokeOpacity=0.7)
        .encode(
            y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False)),
            x=alt.X(
                "images:Q",
                title=_("Images"),
                stack="zero",
                scale=alt.Scale(nice=False),
                axis=alt.Axis(format=",d", tickMinStep=1, tickCount=5, grid=False),
            ),
            color=alt.Color("title:N", scale=part_scale(), legend=alt.Legend(title=None, orient="top"), sort=None),
            opacity=alt.Opacity("strength:Q", scale=None, legend=None),
            order=alt.Order("piece:Q"),
            tooltip=[
                alt.Tooltip("name:N", title=_("Fold")),
                alt.Tooltip("title:N", title=_("Part")),
                alt.Tooltip("images:Q", title=_("Images"), format=","),
            ],
        )
        .properties(height=alt.Step(BAR_PIXELS))
    )


def sentence(rows: pd.DataFrame) -> str:
    """What the bars show."""
    validating = rows.loc[rows["part"] == "validation", "images"]
    fewest, most = int(validating.min()), int(validating.max())
    images = f"{fewest:,}" if fewest == most else _("{fewest:,} to {most:,}").format(fewest=fewest, most=most)
    test = int(rows.loc[(rows["part"] == "test") & (rows["fold"] == 1), "images"].sum())
    return _(
        "Each image outside the test validates in one of the {folds} folds ({images} images each) and trains in all "
        "others. The {test:,} images of the test are in no fold."
    ).format(folds=len(validating), images=images, test=test)


def wide(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per fold, one column per part, under the titles that people read."""
    table = rows.pivot_table(index="fold", columns="part", values="images", aggfunc="sum", fill_value=0)
    table = table.reindex(columns=list(PARTS), fill_value=0)
    table.columns = [part_title(part) for part in PARTS]
    return table.rename_axis(_("Fold")).reset_index()
