"""The confusion matrix: which class was taken for which. Its cells can be chosen."""

from collections.abc import Callable
from functools import partial
from typing import Final, Literal
from unicodedata import east_asian_width

import altair as alt
import pandas as pd
import streamlit as st

from core.evaluation import Evaluation
from core.message import mark
from ui.charts import cell_clicks
from ui.charts.cell_clicks import Cell
from ui.markdown import plain
from ui.text import _, ngettext

Figure = Literal["images", "share"]

_FIGURES: Final = {"images": mark("Images"), "share": mark("Share of the true class")}
_FORMATS: Final = {"images": ",", "share": ".0%"}
_FIGURE_KEY: Final = "confusion_figure"

_LARGEST_CELL: Final = 64
_LARGEST_TEXT, _LARGEST_LABEL, _SMALLEST_TEXT = 13, 12, 9
_SMALLEST_CELL_WITH_TEXT: Final = 20
_WIDTH_OF_LETTER: Final = 0.62
"""Of a digit or a Latin letter, as a share of the size of the text."""

_SHADES: Final = {"light": ["#F1F4F5", "#0A4349"], "dark": ["#1A2428", "#AEDADF"]}
_INKS: Final = {"light": ("#16242A", "#FFFFFF"), "dark": ("#E7EEF0", "#10171A")}
"""The ink on a pale cell and on a full one; on a dark screen full means bright."""
_OUTLINES: Final = {"light": "#D55E00", "dark": "#FF9A5A"}


def table(evaluation: Evaluation) -> pd.DataFrame:
    """One row per cell: columns true, predicted (names of classes), images, and share of the true class (0–1)."""
    names = list(evaluation.class_names)
    matrix = pd.DataFrame(evaluation.confusion, index=names, columns=names)
    cells = matrix.rename_axis(index="true", columns="predicted").stack().rename("images").reset_index()
    of_class = cells.groupby("true")["images"].transform("sum")
    return cells.assign(share=(cells["images"] / of_class.where(of_class > 0)).fillna(0.0))


def show(
    cells: pd.DataFrame,
    width: int,
    *,
    chosen: Cell | None = None,
    on_choose: Callable[[Cell | None], None] | None = None,
) -> None:
    """Draws ``cells``, as of `table`, the sentence on what is mixed up most, and the table behind one click.

    ``width`` is how many pixels all cells in a row may take. With ``on_choose``, a click on a cell calls it before the
    next run, and a double click with None, which takes the choice back; ``chosen`` is the one that is outlined.
    """
    figure = _choose_figure()
    theme = st.context.theme.type or "light"
    description = _("Matrix of true and predicted classes")
    if on_choose is None:
        st.altair_chart(chart(cells, width, theme, figure), width="content", alt=description)
    else:
        key, start = cell_clicks.drawn(chosen)
        st.altair_chart(
            chart(cells, width, theme, figure, is_clickable=True, start=start),
            width="content",
            alt=description,
            key=key,
            on_select=partial(cell_clicks.click, key, on_choose),
            selection_mode=cell_clicks.SELECTION,
        )
    st.markdown(sentence(cells))
    with st.expander(_("The matrix as a table"), key="confusion_table", icon=":material/table:"):
        _show_table(cells, figure)


def chart(
    cells: pd.DataFrame,
    width: int,
    theme: str,
    figure: Figure = "images",
    *,
    is_clickable: bool = False,
    start: Cell | None = None,
) -> alt.LayerChart:
    """Rows are the true classes, columns the predicted ones; the fuller the shade, the larger the share of a class.

    Shades follow the square root of the share, so that the mistakes of a good model can be seen. ``figure`` is written
    in the cells where they have room for it. ``start`` is outlined until another cell is clicked.
    """
    classes = list(dict.fromkeys(cells["true"]))
    cell = min(_LARGEST_CELL, width / len(classes))
    letters = min(max(0.65 * cell, _SMALLEST_TEXT), _LARGEST_LABEL)
    angle = 0 if max(map(_letters_wide, classes)) * letters <= cell else -90
    base = alt.Chart(cells).encode(
        x=alt.X("predicted:N", title=_("Predicted"), sort=classes, axis=_axis(letters, orient="top", labelAngle=angle)),
        y=alt.Y("true:N", title=_("True class"), sort=classes, axis=_axis(letters, labelAngle=0)),
        tooltip=[
            alt.Tooltip("true:N", title=_("True class")),
            alt.Tooltip("predicted:N", title=_("Predicted")),
            alt.Tooltip("images:Q", title=_("Images"), format=","),
            alt.Tooltip("share:Q", title=_("Share of the true class"), format=".1%"),
        ],
    )
    layers = [_squares(base, theme, is_read_out=not is_clickable)]
    if size := _text_size(cells, figure, cell):
        layers.append(_texts(base, figure, size, theme))
    if is_clickable:
        layers.append(_outline(base, theme, start))
    return alt.layer(*layers).properties(width=alt.Step(cell), height=alt.Step(cell))


def sentence(cells: pd.DataFrame) -> str:
    """What is mixed up most often."""
    wrong = cells[(cells["true"] != cells["predicted"]) & (cells["images"] > 0)]
    if wrong.empty:
        return _("No class is taken for another.")
    worst = wrong.loc[wrong["images"].idxmax()]
    mistakes = int(wrong["images"].sum())
    return ngettext(
        "The one mistake: {true} is taken for {predicted}.",
        "Most often {true} is taken for {predicted}: {images:,} of {mistakes:,} mistakes.",
        mistakes,
    ).format(true=plain(worst["true"]), predicted=plain(worst["predicted"]), images=worst["images"], mistakes=mistakes)


def _choose_figure() -> Figure:
    return st.segmented_control(
        _("Figures in the matrix"),
        list(_FIGURES),
        format_func=lambda figure: _(_FIGURES[figure]),
        default="images",
        required=True,
        key=_FIGURE_KEY,
        persist_state="session",
        label_visibility="collapsed",
    )


def _show_table(cells: pd.DataFrame, figure: Figure) -> None:
    classes = list(dict.fromkeys(cells["true"]))
    matrix = cells.pivot(index="true", columns="predicted", values=figure).loc[classes, classes]
    matrix.index.name = _("True class")
    formats = {name: st.column_config.NumberColumn(format="percent") for name in classes if figure == "share"}
    st.dataframe(matrix, alt=_("Images by true and predicted class"), column_config=formats)


def _squares(base: alt.Chart, theme: str, *, is_read_out: bool) -> alt.Chart:
    scale = alt.Scale(type="sqrt", domain=[0, 1], range=_SHADES[theme])
    shade = alt.Color("share:Q", scale=scale, legend=None)
    return base.mark_rect(cornerRadius=3, stroke=None, aria=is_read_out).encode(color=shade)


def _texts(base: alt.Chart, figure: Figure, size: float, theme: str) -> alt.Chart:
    pale, full = _INKS[theme]
    return (
        base.transform_filter("datum.images > 0")
        .mark_text(fontSize=size, aria=False)
        .encode(
            text=alt.Text(f"{figure}:Q", format=_FORMATS[figure]),
            color=alt.condition("datum.share > 0.25", alt.value(full), alt.value(pale)),
        )
    )


def _outline(base: alt.Chart, theme: str, start: Cell | None) -> alt.Chart:
    """On top of the others: it takes the clicks, is what is read out, and no neighbour covers its line."""
    value = [dict(zip(("true", "predicted"), start, strict=True))] if start else alt.Undefined
    cell = alt.selection_point(name=cell_clicks.SELECTION, fields=["true", "predicted"], toggle=False, value=value)
    return (
        base.mark_rect(cornerRadius=3, fill="transparent", strokeWidth=2.5, cursor="pointer")
        .encode(stroke=alt.condition(cell, alt.value(_OUTLINES[theme]), alt.value("transparent"), empty=False))
        .add_params(cell)
    )


def _text_size(cells: pd.DataFrame, figure: Figure, cell: float) -> float | None:
    """Of the figures in cells of ``cell`` pixels; None where they would be too small to be read."""
    longest = max(len(format(value, _FORMATS[figure])) for value in cells[figure])
    size = min(_LARGEST_TEXT, (cell - 4) / (longest * _WIDTH_OF_LETTER))
    return size if cell >= _SMALLEST_CELL_WITH_TEXT and size >= _SMALLEST_TEXT else None


def _letters_wide(name: str) -> float:
    """The width of ``name`` in sizes of its letters; those of Korean and Chinese take a whole one."""
    return sum(1 if east_asian_width(letter) in "WF" else _WIDTH_OF_LETTER for letter in name)


def _axis(letters: float, **arguments) -> alt.Axis:
    return alt.Axis(
        labelLimit=120,
        labelFontSize=letters,
        labelFlush=False,
        ticks=False,
        domain=False,
        labelOverlap=True,
        **arguments,
    )
