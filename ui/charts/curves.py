"""The curves of a run: loss and accuracy over the epochs, training in blue and validation in orange."""

import altair as alt
import pandas as pd
import streamlit as st

from core.runs.curves import best_epoch, curves, overfitting_since
from ui.numbers import percent
from ui.parts import part_badge, part_colours, part_title
from ui.text import _

HEIGHT = 250
_DRAWN_PARTS = ("train", "validation")
_FRAME = "frame"
_MARGIN = 0.04
"""Room for the points at the edge, as a share: where they stood over, the browser would shrink the chart to hold
them."""
_MOST_TICKS = 20


def show(history: pd.DataFrame, steps: pd.DataFrame, steps_per_epoch: int | None, epochs: int, *, key: str) -> None:
    """Draws loss and accuracy side by side, the sentence that says what they show, and the table behind one click.

    ``history`` and ``steps`` are what `core.runs.history` gives. Drawn again with more rows, the charts move on in
    place: their specification and their description do not depend on the rows, else the browser would make them anew.
    """
    table = curves(history, steps, steps_per_epoch, epochs)
    figures = ["loss", "accuracy"] if _has_accuracy(table) else ["loss"]
    for column, figure in zip(st.columns(len(figures), gap="medium"), figures, strict=True):
        with column, st.container(gap="xxsmall", key=f"{key}_{figure}"):
            st.markdown(f"**{_title(figure)}**")
            st.altair_chart(chart(rows(table, figure), figure, epochs), width="stretch", alt=_description(figure))
    st.markdown(sentence(history, epochs))
    with st.expander(_("The curves as a table"), key=f"{key}_table", icon=":material/table:"):
        st.dataframe(history, hide_index=True, column_config=_columns(), alt=_("The figures of each epoch"))


def show_legend() -> None:
    """Says which curve is which, for both charts."""
    thin, ring = _("thin: each update"), _("ring: best epoch")
    st.markdown(f"{part_badge('train')} :small[:gray[{thin}]]", width="content")
    st.markdown(f"{part_badge('validation')} :small[:gray[{ring}]]", width="content")


def rows(table: pd.DataFrame, figure: str) -> pd.DataFrame:
    """The points of one figure, with the parts by their titles, and two unseen points that hold the vertical scale."""
    points = table[table["figure"] == figure].drop(columns="figure")
    low, high = frame(points, figure)
    corners = pd.DataFrame({"epoch": [0.0, 0.0], "part": "train", "detail": _FRAME, "value": [low, high]})
    framed = pd.concat([points, corners.assign(is_best=False)], ignore_index=True)
    return framed.assign(part=framed["part"].map(part_title))


def frame(points: pd.DataFrame, figure: str) -> tuple[float, float]:
    """The lowest and the highest value the scale has to hold: steady while steps are drawn, close around epochs."""
    low, high = (0.0, 1.0) if points.empty else (points["value"].min(), points["value"].max())
    if (points["detail"] == "step").any():
        low, high = 0.0, max(1.0, high) if figure == "accuracy" else high
    margin = _MARGIN * (high - low) or _MARGIN
    return max(0.0, low - margin), high + margin


def chart(table: pd.DataFrame, figure: str, epochs: int) -> alt.LayerChart:
    """``table`` as of `rows`. The axis has all epochs from the start, so that nothing moves but the curves."""
    is_share = figure == "accuracy"
    colours = part_colours()
    titles = {part: part_title(part) for part in _DRAWN_PARTS}
    scale = alt.Scale(domain=list(titles.values()), range=[colours[part] for part in titles])
    ticks = list(range(epochs + 1)) if epochs <= _MOST_TICKS else alt.Undefined
    base = alt.Chart(table).encode(
        x=alt.X(
            "epoch:Q",
            title=_("Epochs done"),
            scale=alt.Scale(domain=[0, epochs * (1 + _MARGIN)], nice=False),
            axis=alt.Axis(values=ticks, format="d", grid=False),
        ),
        y=alt.Y(
            "value:Q",
            title=None,
            scale=alt.Scale(zero=False, nice=False),
            axis=alt.Axis(format="%" if is_share else "~g", tickCount=5),
        ),
    )
    color = alt.Color("part:N", scale=scale, legend=None)
    points = base.transform_filter("datum.detail != 'step'").encode(
        color=color,
        tooltip=[
            alt.Tooltip("part:N", title=_("Part")),
            alt.Tooltip("epoch:Q", title=_("Epoch"), format="d"),
            alt.Tooltip("value:Q", title=_title(figure), format=".1%" if is_share else ".4f"),
        ],
    )
    return alt.layer(
        _lines(base, "step", color).mark_line(strokeWidth=1, opacity=0.4),
        _lines(base, "epoch", color).mark_line(strokeWidth=2.5),
        points.mark_point(filled=True, opacity=1).encode(size=_size_where("datum.detail == 'epoch'", 55)),
        points.mark_point(filled=False, opacity=1, strokeWidth=2).encode(size=_size_where("datum.is_best", 260)),
    ).properties(height=HEIGHT)


def _lines(base: alt.Chart, detail: str, color: alt.Color) -> alt.Chart:
    """Lines through the points of one detail, and the two of the frame unseen: without rows a scale would complain."""
    is_frame = f"datum.detail == '{_FRAME}'"
    return base.transform_filter(f"datum.detail == '{detail}' || {is_frame}").encode(
        color=color, detail="detail:N", strokeOpacity=alt.condition(is_frame, alt.value(0), alt.value(1))
    )


def _size_where(condition: str, size: int) -> dict:
    """Points of ``size`` where the condition holds, none elsewhere."""
    return alt.condition(condition, alt.value(size), alt.value(0))


def sentence(history: pd.DataFrame, epochs: int) -> str:
    """What the curves show now."""
    if history.empty:
        return _("The first point of the validation curve comes with the end of the first epoch.")
    said = _so_far(history, epochs)
    since = overfitting_since(history)
    if since is None:
        return said
    overfitting = _(
        "Since epoch {epoch} the validation loss has not fallen further while the training loss has: the model begins "
        "to learn the training images by heart (overfitting)."
    ).format(epoch=since)
    return f"{said} {overfitting}"


def _so_far(history: pd.DataFrame, epochs: int) -> str:
    done, last = len(history), history.iloc[-1]
    best = best_epoch(history, "accuracy")
    if best is not None:
        highest = history.set_index("epoch").loc[best, "val_accuracy"]
        return _(
            "After {done} of {epochs} epochs the validation accuracy is {accuracy}, "
            "best {best_accuracy} in epoch {best}."
        ).format(
            done=done,
            epochs=epochs,
            accuracy=percent(last["val_accuracy"]),
            best_accuracy=percent(highest),
            best=best,
        )
    best = best_epoch(history, "loss")
    if best is None:
        return _("After {done} of {epochs} epochs there is no figure on the validation images yet.").format(
            done=done, epochs=epochs
        )
    lowest = history.set_index("epoch").loc[best, "val_loss"]
    return _(
        "After {done} of {epochs} epochs the validation loss is {loss:.4f}, lowest {best_loss:.4f} in epoch {best}."
    ).format(done=done, epochs=epochs, loss=last["val_loss"], best_loss=lowest, best=best)


def _has_accuracy(table: pd.DataFrame) -> bool:
    """Accuracy has its place from the start, unless the loss is measured without it."""
    return table.empty or (table["figure"] == "accuracy").any()


def _title(figure: str) -> str:
    return _("Loss") if figure == "loss" else _("Accuracy")


def _description(figure: str) -> str:
    if figure == "loss":
        return _("Curve of the loss on training and validation images over the epochs")
    return _("Curve of the accuracy on training and validation images over the epochs")


def _columns() -> dict:
    number, train, validation = st.column_config.NumberColumn, part_title("train"), part_title("validation")
    return {
        "epoch": number(_("Epoch")),
        "loss": number(_("{part}: loss").format(part=train), format="%.4f"),
        "accuracy": number(_("{part}: accuracy").format(part=train), format="percent"),
        "val_loss": number(_("{part}: loss").format(part=validation), format="%.4f"),
        "val_accuracy": number(_("{part}: accuracy").format(part=validation), format="percent"),
        "seconds": number(_("Seconds"), format="%.1f"),
    }
