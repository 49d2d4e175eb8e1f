"""The table of all runs of a project: those that the filters let through, in the columns that are wanted."""

from zlib import crc32

import pandas as pd
import streamlit as st

from core.runs.overview import Overview
from ui.comparing import chosen_runs, columns, filters
from ui.text import _, ngettext

_HEIGHT, _MOST_WITHOUT_SCROLLING = 420, 10


def show(table: Overview) -> None:
    """Draws filters, choice of columns and table; the runs that are ticked in it are the chosen ones."""
    shown = filters.show(table.runs)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.popover(_("Columns"), key="compare_columns", icon=":material/view_column:"):
            wanted = columns.choose(table)
        count = ngettext("{shown:,} of {count:,} run", "{shown:,} of {count:,} runs", len(table.runs))
        st.caption(count.format(shown=len(shown), count=len(table.runs)), width="content")
    if shown.empty:
        st.markdown(_("No run is like that. Take a filter away."))
        return
    _show_table(shown.index, wanted)


def _show_table(run_ids: pd.Index, wanted: dict[str, columns.Column]) -> None:
    """With other rows it is another table, so that no tick stays where another run has moved to."""
    ids = run_ids.tolist()
    key = f"compare_table_{crc32(' '.join(ids).encode())}"
    ticked = [ids.index(run_id) for run_id in chosen_runs.chosen(ids)]
    with st.container(key="compare_table"):
        picked = st.dataframe(
            pd.DataFrame({name: column.values.reindex(run_ids) for name, column in wanted.items()}),
            key=key,
            hide_index=True,
            height="auto" if len(ids) <= _MOST_WITHOUT_SCROLLING else _HEIGHT,
            column_config={name: column.config for name, column in wanted.items()},
            placeholder="–",
            on_select="rerun",
            selection_mode="multi-row",
            selection_default={"selection": {"rows": ticked}},
            alt=_("All runs with their figures and settings"),
        )
    chosen_runs.choose_among(ids, [ids[row] for row in picked["selection"]["rows"]])
