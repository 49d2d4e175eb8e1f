"""The runs of a project below each other; the one that is chosen is shown above."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from core.runs import leak_demo
from core.runs import store as runs
from core.runs.run import Run
from core.runs.states import RunState
from ui import run_states, session
from ui.moments import ago
from ui.numbers import duration, percent, quantity
from ui.parts import PART_NAMED_COLOURS, part_badge
from ui.run_states import is_engaged
from ui.text import _, ngettext, translate

PER_PAGE = 10
_IN_ADDRESS = "run"
_WIDTHS = [2, 1.2, 1.2, 3]

Seen = tuple[str | None, tuple[tuple[str, RunState | None], ...]]


def chosen(of_project: Sequence[Run]) -> Run:
    """The run that the address names, else the newest."""
    wanted = st.query_params.get(_IN_ADDRESS)
    return next((run for run in of_project if run.id == wanted), of_project[0])


def choose(run_id: str | None) -> None:
    """Has the address name this run, or none, which means the newest."""
    if run_id is None:
        st.query_params.pop(_IN_ADDRESS, None)
    else:
        st.query_params[_IN_ADDRESS] = run_id


def show(of_project: Sequence[Run]) -> None:
    """Draws a row for each run, the newest first; the button of a row shows its run above.

    The table keeps itself up to date, and has the whole screen drawn anew when a run rests, ends, goes on or is new, in
    whichever tab that came about.
    """
    pace = "3s" if any(map(is_engaged, of_project)) else "10s"
    st.fragment(_draw, run_every=pace)(of_project[0].project_id, _seen_elsewhere(of_project))


def _draw(project_id: str, drawn_for: Seen) -> None:
    of_project = runs.of_project(session.database(), project_id)
    if _seen_elsewhere(of_project) != drawn_for:
        st.rerun()
    best = runs.best_of(session.database(), [run.id for run in of_project])
    numbers = {run.id: run.number for run in of_project}
    shown = chosen(of_project)
    has_accuracy = not session.predicts_numbers(shown.dataset_id)
    pages = -(-len(of_project) // PER_PAGE)
    page = min(st.session_state.get("run_table_page") or 1, pages)
    with st.container(gap="xsmall", key="run_table"):
        _show_titles(has_accuracy=has_accuracy)
        for run in of_project[(page - 1) * PER_PAGE : page * PER_PAGE]:
            _show_row(run, best, numbers, is_shown=run.id == shown.id, has_accuracy=has_accuracy)
    if pages > 1:
        st.pagination(pages, key="run_table_page")


def _seen_elsewhere(of_project: Sequence[Run]) -> Seen:
    """What the rest of the screen shows of the runs: which one is chosen, and which of them are over, and how."""
    if not of_project:
        return None, ()
    states = ((run.id, None if is_engaged(run) else run.state) for run in of_project)
    return chosen(of_project).id, tuple(states)


def _show_titles(*, has_accuracy: bool) -> None:
    columns = st.columns(_WIDTHS, vertical_alignment="bottom")
    columns[0].caption(_("Run"))
    best, lowest = _("best accuracy") if has_accuracy else _("least error"), _("lowest loss")
    meaning = None if has_accuracy else _("The mean absolute error: how far the answers are off, on average.")
    columns[1].caption(f"{part_badge('validation')} {best}", help=meaning)
    columns[2].caption(f"{part_badge('validation')} {lowest}")
    columns[3].caption(_("Course"))


def _show_row(run: Run, best: pd.DataFrame, numbers: Mapping[str, int], *, is_shown: bool, has_accuracy: bool) -> None:
    columns = st.columns(_WIDTHS, vertical_alignment="center")
    with columns[0].container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            _("Run {number}").format(number=run.number),
            key=f"run_table_show_{run.id}",
            type="secondary" if is_shown else "tertiary",
            icon=":material/visibility:" if is_shown else None,
            on_click=choose,
            args=(run.id,),
        )
        run_states.badge(run)
    accuracy, loss, error = (best.loc[run.id, f"val_{name}"] for name in ("accuracy", "loss", "mean_absolute_error"))
    if has_accuracy:
        columns[1].markdown(_figure(accuracy, percent, is_best=accuracy == best["val_accuracy"].max()))
    else:
        columns[1].markdown(_figure(error, quantity, is_best=error == best["val_mean_absolute_error"].min()))
    written = "{:.4f}".format if has_accuracy else quantity
    columns[2].markdown(_figure(loss, written, is_best=loss == best["val_loss"].min()))
    columns[3].caption(course(run, numbers))


def _figure(value: float, written, *, is_best: bool) -> str:
    """A figure on validation images in their colour, the best of all runs in bold; a dash where there is none."""
    if pd.isna(value):
        return ":gray[–]"
    text = f":{PART_NAMED_COLOURS['validation']}[{written(value)}]"
    return f"**{text}**" if is_best else text


def course(run: Run, numbers: Mapping[str, int]) -> str:
    """How far it came, how long it took, when it was started, and from where:
    ``5 of 5 epochs · 48 seconds · 2 minutes ago · continues run 3``. ``numbers``: those of the runs by their ids."""
    now = session.database().now()
    epochs = ngettext("{done:,} of {count:,} epoch", "{done:,} of {count:,} epochs", run.epochs).format(
        done=run.epoch, count=run.epochs
    )
    parent = numbers.get(run.parent_id) if run.parent_id else None
    origin = [_("continues run {number}").format(number=parent)] if parent else []
    together = _place_in_series(run)
    elapsed = [translate(duration(run.elapsed_seconds(now)))] if run.has_begun else []
    return " · ".join([*together, epochs, *elapsed, translate(ago(run.created_at, now)), *origin])


def _place_in_series(run: Run) -> list[str]:
    """Which of several runs that were started together it is: a fold, or one of the two splits of a demonstration."""
    part = leak_demo.part_of(run)
    if part is not None:
        return [_(leak_demo.NAMES[part])]
    if run.series is None or not run.recipe.split.folds:
        return []
    return [_("fold {number} of {folds}").format(number=run.recipe.split.fold + 1, folds=run.recipe.split.folds)]
