"""The runs of a project side by side; the one that is chosen is shown above."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from core.runs import store as runs
from core.runs.run import Run
from ui import run_states, session
from ui.numbers import duration
from ui.text import _, translate

_IN_ADDRESS = "run"


def chosen(of_project: Sequence[Run]) -> Run:
    """The run that the address names, else the newest."""
    wanted = st.query_params.get(_IN_ADDRESS)
    return next((run for run in of_project if run.id == wanted), of_project[0])


def choose(run: Run) -> None:
    st.query_params[_IN_ADDRESS] = run.id


def show(of_project: Sequence[Run]) -> None:
    """Draws one row per run, the newest first; choosing a row opens its run."""
    event = st.dataframe(
        table(of_project, runs.best_of(session.database(), [run.id for run in of_project])),
        hide_index=True,
        key="run_table",
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "val_accuracy": st.column_config.NumberColumn(_("Best validation accuracy"), format="percent"),
            "val_loss": st.column_config.NumberColumn(_("Lowest validation loss"), format="%.4f"),
            "number": _("Run"),
            "state": _("State"),
            "epochs": _("Epochs"),
            "parameters": st.column_config.NumberColumn(_("Parameters"), format="localized"),
            "duration": _("Duration"),
            "created_at": st.column_config.DatetimeColumn(_("Started"), format="distance"),
        },
    )
    rows = event["selection"]["rows"]
    if rows and of_project[rows[0]] != chosen(of_project):
        choose(of_project[rows[0]])
        st.rerun()


def table(of_project: Sequence[Run], best: pd.DataFrame) -> pd.DataFrame:
    """Columns number, state, epochs, val_accuracy, val_loss, parameters, duration, created_at; ``best`` as of
    `best_of`."""
    now = datetime.now(UTC)
    return pd.DataFrame(
        [
            {
                "number": run.number,
                "state": run_states.title(run.state),
                "epochs": f"{run.epoch} / {run.epochs}",
                "val_accuracy": best.loc[run.id, "val_accuracy"],
                "val_loss": best.loc[run.id, "val_loss"],
                "parameters": run.parameters,
                "duration": translate(duration(run.elapsed_seconds(now))),
                "created_at": run.created_at,
            }
            for run in of_project
        ]
    )
