"""What is in a dataset: the images per class or their numbers, their sizes and kinds, and the refused files."""

import pandas as pd
import streamlit as st

from core.dataset.store import Dataset
from core.dataset.summary import MODE_NAMES, counts, sizes, value_bins
from ui.charts import class_counts, value_histogram
from ui.markdown import plain
from ui.text import _, ngettext, translate

_MOST_BARS = 20
_TALLEST_PIXELS = 460
_MOST_ROWS_IN_FULL = 20
_REFUSED_PIXELS = 360


def show_labels(dataset: Dataset) -> None:
    """Draws what is to be predicted: the classes with their images, or how the numbers are spread."""
    if dataset.predicts_numbers:
        _show_numbers(dataset)
    else:
        _show_classes(dataset)


def _show_classes(dataset: Dataset) -> None:
    """Draws the images per class, and their table behind one click."""
    table = counts(dataset)
    st.subheader(_("Images per class"), anchor=False)
    sentence = class_counts.sentence(table)
    with st.container(height=_TALLEST_PIXELS if len(table) > _MOST_BARS else "content", border=False):
        st.altair_chart(class_counts.draw(table), alt=sentence)
    st.caption(plain(sentence))
    with st.expander(_("As a table"), key="dataset_overview_counts", type="compact"):
        columns = {"class_name": st.column_config.TextColumn(_("Class")), "images": _whole_number(_("Images"))}
        st.dataframe(table, hide_index=True, column_config=columns, alt=_("Images per class"))


def _show_numbers(dataset: Dataset) -> None:
    """Draws how the numbers are spread, and the table of it behind one click."""
    bins = value_bins(dataset)
    sentence = value_histogram.sentence(dataset)
    st.subheader(_("Numbers to predict"), anchor=False)
    st.altair_chart(value_histogram.draw(bins, _("Number to predict")), alt=sentence)
    st.caption(sentence)
    with st.expander(_("As a table"), key="dataset_overview_numbers", type="compact"):
        columns = {"low": _("From"), "high": _("To"), "images": _("Images")}
        st.dataframe(bins.rename(columns=columns), hide_index=True, alt=_("How often the numbers are about so large"))


def show_sizes(dataset: Dataset) -> None:
    """Draws which sizes and kinds of images there are."""
    table = sizes(dataset)
    table["mode"] = [_(MODE_NAMES[mode]) if mode in MODE_NAMES else mode for mode in table["mode"]]
    st.dataframe(
        table,
        hide_index=True,
        height="content" if len(table) <= 6 else 246,
        column_config={
            "size": st.column_config.TextColumn(_("Height × width")),
            "mode": st.column_config.TextColumn(_("Kind")),
            "images": _whole_number(_("Images")),
        },
        alt=_("Sizes and kinds of the images"),
    )


def show_refused(dataset: Dataset) -> None:
    """Lists every file that was refused, each with its reason; says so if there was none."""
    count = len(dataset.refused)
    if count == 0:
        st.caption(_(":material/check: Every file could be used."))
        return
    title = ngettext("{count} file was refused", "{count:,} files were refused", count).format(count=count)
    st.subheader(title, anchor=False)
    table = pd.DataFrame(
        {_("File"): dataset.refused["path"], _("Reason"): [translate(reason) for reason in dataset.refused["reason"]]}
    )
    alt = _("Refused files and the reason for each")
    if count <= _MOST_ROWS_IN_FULL:
        st.table(table.map(plain), hide_index=True, border="horizontal", alt=alt)
    else:
        st.dataframe(table, hide_index=True, height=_REFUSED_PIXELS, alt=alt)


def _whole_number(title: str):
    return st.column_config.NumberColumn(title, format="localized")
