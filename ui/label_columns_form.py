"""Which column of a table says what: as it was found, to be corrected, with a few rows to judge by."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import streamlit as st

from core.dataset.sources import FoundLabels, LabelColumns, LabelsTable, with_columns
from core.dataset.sources.label_columns import KINDS, Kind, suggested_kind
from core.message import Message
from ui.text import _, ngettext, translate

_ROWS_SHOWN = 5


def show(path: Path, found: FoundLabels) -> str | None:
    """Draws the choice for the table of the files at ``path``; the source to take in, or None while it lacks a
    column of labels."""
    suggested, reasons = found.suggestion.columns, found.suggestion.reasons
    _show_rows(found.table)
    with st.grid(2, min_column_width=190, gap="small"):
        file = _column(found.table, "file", _("Names the file"), suggested.file, reasons)
        label = _column(found.table, "label", _("Says what it shows"), suggested.label, reasons)
        group = _column(found.table, "group", _("Keeps images together"), suggested.group, reasons)
        part = _column(found.table, "part", _("Part of a ready split"), suggested.part, reasons)
    kind = _kind(found.table, label) if label else "class"
    if file == suggested.file:
        st.caption(_matches(found))
    if label is None:
        st.caption(_(":material/info: Without a column of labels, the folder that an image lies in is its class."))
    chosen = [column for column in (file, label, group, part) if column is not None]
    if file is None or len(set(chosen)) < len(chosen):
        st.caption(_(":material/info: Choose another column for each."))
        return None
    return with_columns(path, LabelColumns(file, label, group, part, kind))


def _show_rows(table: LabelsTable) -> None:
    named = [position for position, column in enumerate(table.header) if column]
    rows = [[row.fields[position] for position in named] for row in table.rows[:_ROWS_SHOWN]]
    st.markdown(_("**The first rows of {table}**").format(table=f"`{table.name}`"))
    st.dataframe(pd.DataFrame(rows, columns=list(table.columns)), hide_index=True, alt=_("The first rows of the table"))


def _column(
    table: LabelsTable, role: str, title: str, suggested: str | None, reasons: Mapping[str, Message]
) -> str | None:
    options = list(table.columns) if role == "file" else [None, *table.columns]
    return st.selectbox(
        title,
        options,
        index=options.index(suggested),
        format_func=lambda column: _("none") if column is None else column,
        help=translate(reasons[role]) if role in reasons else None,
        key=f"label_columns_form_{role}",
    )


def _kind(table: LabelsTable, label: str) -> Kind:
    """What the labels are, as their column suggests until it is said otherwise."""
    suggested, reason = suggested_kind(table.values(label))
    titles = {"class": _("Classes"), "number": _("Numbers")}
    kind = st.segmented_control(
        _("The labels are"),
        KINDS,
        format_func=titles.__getitem__,
        default=suggested,
        required=True,
        key=f"label_columns_form_kind_{label}",
    )
    st.caption(translate(reason))
    return kind or suggested


def _matches(found: FoundLabels) -> str:
    rows = len(found.table.rows)
    return ngettext(
        "{matched:,} of {rows:,} row names a file that is there; there are {files:,} files.",
        "{matched:,} of {rows:,} rows name a file that is there; there are {files:,} files.",
        rows,
    ).format(matched=found.suggestion.matched, rows=rows, files=found.files)
