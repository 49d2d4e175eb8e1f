"""The trials of a search as a table: what each tried, what it reached, and why it failed."""

from collections.abc import Callable
from typing import Any, Final

import pandas as pd
import streamlit as st

from core.message import Message, mark
from core.runs.states import RunState
from core.tuning.searches import Search
from core.tuning.space import Choices
from core.tuning.trial_states import FAILED
from ui.charts import trial_marks
from ui.text import _, translate
from ui.tuning import names, objective
from ui.tuning.seen_trials import titles

_RUN_ENDED: Final = {
    RunState.FAILED: mark("Its run failed."),
    RunState.LOST: mark("Its run was lost: the process that trained it is gone."),
    RunState.STOPPED: mark("Its run was stopped by hand."),
}


def of_settings(search: Search, table: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, Any]]:
    """One row per trial of ``table`` (as of `core.tuning.trials.trials`): trial, state, value and its settings; and how
    the columns are shown."""
    shown = pd.DataFrame(
        {"trial": table["number"] + 1, "state": table["state"].map(trial_marks.state_title), "value": table["value"]}
    )
    config = {
        "trial": st.column_config.NumberColumn(_("Trial"), format="localized", pinned=True),
        "state": st.column_config.TextColumn(_("State")),
        "value": objective.column(search.space),
    }
    for path, title in titles(search).items():
        shown[path], config[path] = _setting(search, path, title, table[path])
    return shown, config


def of_everything(search: Search, table: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The same, with the number of the run, the epochs, and the reason of failures where there are any."""
    shown, config = of_settings(search, table)
    shown = shown.assign(run=table["run_number"], epochs=table["epochs"])
    config["run"] = st.column_config.NumberColumn(_("Run"), format="%d")
    config["epochs"] = st.column_config.NumberColumn(_("Epochs done"), format="localized")
    has_failed = table["state"] == FAILED
    if has_failed.any():
        shown["reason"] = [reason(row) for row in table[["state", "run_state", "reason"]].to_dict("records")]
        config["reason"] = st.column_config.TextColumn(_("Why it failed"), width="large")
    return shown, config


def reason(trial: dict[str, Any]) -> str | None:
    """Why a trial failed; None where it did not. ``trial`` has state, run_state and reason."""
    if trial["state"] != FAILED:
        return None
    if isinstance(trial["reason"], Message):
        return translate(trial["reason"])
    return _(_RUN_ENDED.get(trial["run_state"], mark("It ended before it had a run.")))


def _setting(search: Search, path: str, title: str, values: pd.Series) -> tuple[pd.Series, Any]:
    """Numbers stay numbers, so that they can be sorted."""
    parameter = search.space.parameters[path]
    numbers = parameter.choices if isinstance(parameter, Choices) else (parameter.low,)
    if all(isinstance(number, int | float) and not isinstance(number, bool) for number in numbers):
        form = "%.3g" if path.endswith("learning_rate") else "%.6g"
        return pd.to_numeric(values, errors="coerce"), st.column_config.NumberColumn(title, format=form)
    return values.map(lambda value: names.value_text(path, value)), st.column_config.TextColumn(title)


def behind_one_click(key: str, draw: Callable[[], None]) -> None:
    """What ``draw`` draws, only once it is asked for: most look at the picture."""
    box = st.expander(_("As a table"), key=key, icon=":material/table:", type="compact", on_change="rerun")
    if box.open:
        with box:
            draw()


def show_settings(search: Search, table: pd.DataFrame, key: str) -> None:
    """Draws the table of `of_settings` behind one click."""

    def draw() -> None:
        shown, config = of_settings(search, table)
        st.dataframe(
            shown,
            hide_index=True,
            height=300,
            column_config=config,
            placeholder="–",
            alt=_("The settings of each trial and what it reached"),
        )

    behind_one_click(key, draw)
