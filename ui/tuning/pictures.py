"""The pictures of a search, of which one is shown at a time; they are drawn anew while it works."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st

from core.message import mark
from core.tuning.searches import Search
from core.tuning.trial_states import FAILED
from ui.markdown import plain
from ui.parts import part_badge
from ui.text import _, ngettext
from ui.tuning import (
    all_trials,
    best_so_far,
    empty_picture,
    importance,
    parallel_coordinates,
    slices,
    trial_curves,
    trial_table,
)


@dataclass(frozen=True)
class Picture:
    """``title`` and ``reading``, how it is read, are in English, to be translated. ``show`` is given the search, the
    table of its trials, and the number of the best one. ``needs_value``: whether a trial must have ended with one."""

    title: str
    reading: str
    show: Callable[[Search, pd.DataFrame, int | None], None]
    needs_value: bool = True


PICTURES: Final = {
    "best_so_far": Picture(
        mark("Best so far"),
        mark(
            "Each mark is a trial, the line is the best up to there. While it still climbs, more trials are worth it."
        ),
        best_so_far.show,
    ),
    "trial_curves": Picture(
        mark("Every curve"),
        mark("Each line is a trial, epoch by epoch. Pruned ones end early: others were better after as many epochs."),
        trial_curves.show,
        needs_value=False,
    ),
    "parallel_coordinates": Picture(
        mark("Parallel coordinates"),
        mark("A line is a trial and meets every axis at its setting. Where strong colours meet, a setting does well."),
        parallel_coordinates.show,
    ),
    "slices": Picture(
        mark("Slices"),
        mark("One setting at a time: where the marks of one side stand higher, the setting makes a difference."),
        slices.show,
    ),
    "importance": Picture(
        mark("Importance"),
        mark("The longer the bar, the more of the differences between trials goes with that setting by itself."),
        importance.show,
    ),
    "all_trials": Picture(
        mark("All trials"),
        mark("Every trial with its settings. Tick one to open its run."),
        all_trials.show,
        needs_value=False,
    ),
}
_OF_LOSS: Final = {
    "best_so_far": mark(
        "Each mark is a trial, the line the best up to there. While it still falls, more trials are worth it."
    ),
    "slices": mark("One setting at a time: where the marks of one side stand lower, the setting makes a difference."),
}
"""How they are read where less is better."""


def show(search: Search, table: pd.DataFrame) -> None:
    """Draws the choice and the picture that is chosen. ``table`` as of `core.tuning.trials.trials`."""
    name = _choose()
    picture = PICTURES[name]
    with st.container(gap="small", key="pictures"):
        st.markdown(f"{_(reading(name, search))} {part_badge('validation')}")
        _show_picture(picture, search, table)


def _show_picture(picture: Picture, search: Search, table: pd.DataFrame) -> None:
    from core.tuning.trials import best_k  # brings Optuna, which the table has brought by now

    if picture.needs_value and table["value"].isna().all():
        empty_picture.show(nothing_yet(table))
        return
    best = best_k(table, search.space)["number"]
    picture.show(search, table, int(best.iloc[0]) if len(best) else None)


def reading(name: str, search: Search) -> str:
    """How the picture is read, in English."""
    of_picture = PICTURES[name].reading
    return of_picture if search.space.maximizes else _OF_LOSS.get(name, of_picture)


def _choose() -> str:
    return st.segmented_control(
        _("Picture of the search"),
        list(PICTURES),
        format_func=lambda name: _(PICTURES[name].title),
        default="best_so_far",
        required=True,
        key="pictures_choice",
        persist_state="session",
        label_visibility="collapsed",
    )


def nothing_yet(table: pd.DataFrame) -> str:
    """Why there is nothing to be drawn; ``table`` has no trial with a value."""
    failed = table[table["state"] == FAILED]
    if failed.empty:
        return _("No trial has ended yet. The first mark comes with the end of the first one.")
    told = ngettext(
        "The one trial that has ended has failed.", "All {count:,} trials that have ended have failed.", len(failed)
    ).format(count=len(failed))
    last = failed.iloc[-1].to_dict()
    return _("{failures} The last one: {reason}").format(failures=told, reason=plain(str(trial_table.reason(last))))
