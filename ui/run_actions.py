"""What can be done with runs: start the draft, take a recipe back, run again, delete."""

from collections.abc import Sequence

import streamlit as st

from core.errors import LayerlabError
from core.recipe import Recipe, dump
from core.runs import store as runs
from core.runs.projects import Project
from core.runs.run import Run
from core.split import Assignment
from ui import run_table, session
from ui.parts import part_badge
from ui.text import _, translate

_TROUBLE = "run_actions_trouble"


def show_start(
    project: Project, recipe: Recipe, assignment: Assignment, of_project: Sequence[Run], reason: str | None
) -> None:
    """Draws what would be trained, and the button that starts it; ``reason`` is why it is not offered, if so."""
    waiting = any(
        run.state.is_active and run.recipe == recipe and run.dataset_id == project.dataset_id for run in of_project
    )
    counts = " ".join(f"{part_badge(part)} {images:,}" for part, images in assignment.counts().items())
    training = recipe.training
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="run_actions_start_box"):
        with st.container(gap="xxsmall"):
            st.markdown(
                _(
                    "**{layers}** layers · **{parameters:,}** parameters · {loss} · {optimizer} · **{epochs}** epochs"
                ).format(
                    layers=len(recipe.layers),
                    parameters=recipe.summary().parameters,
                    loss=training.loss,
                    optimizer=training.optimizer.kind,
                    epochs=training.epochs,
                )
            )
            st.markdown(counts)
        st.button(
            _("Start training"),
            key="runs_start",
            type="primary",
            icon=":material/play_arrow:",
            disabled=waiting or reason is not None,
            help=reason or (_("This recipe is being trained already.") if waiting else None),
            on_click=_start,
            args=(project, recipe),
            width="content",
        )
    if _TROUBLE in st.session_state:
        st.error(st.session_state.pop(_TROUBLE), icon=":material/error:")


def show_settings(run: Run) -> None:
    """Draws the recipe of ``run`` behind one click, and what can be done with the run."""
    with st.container(horizontal=True):
        st.button(
            _("Use this recipe as the draft"),
            key="run_actions_adopt",
            icon=":material/edit_note:",
            on_click=session.save_draft,
            args=(run.recipe,),
        )
        if run.state.is_finished:
            st.button(
                _("Run again"),
                key="run_actions_again",
                icon=":material/replay:",
                on_click=_start,
                args=(session.project(), run.recipe),
            )
            if st.button(_("Delete"), key="run_actions_delete", icon=":material/delete:"):
                _ask_to_delete(run)
    with st.expander(_("Recipe of run {number}").format(number=run.number), key="run_actions_recipe"):
        st.code(dump(run.recipe), language="yaml")


def _ask_to_delete(run: Run) -> None:
    @st.dialog(_("Delete run {number}?").format(number=run.number))
    def ask() -> None:
        st.markdown(_("Its curves and its model will be gone. The recipe that you are working on stays."))
        if st.button(_("Delete"), key="run_actions_delete_for_good", type="primary"):
            runs.delete(session.database(), session.workspace(), run.id)
            st.query_params.pop("run", None)
            st.rerun()

    ask()


def _start(project: Project, recipe: Recipe) -> None:
    try:
        run = runs.enqueue(session.database(), session.workspace(), project.id, str(project.dataset_id), recipe)
    except LayerlabError as error:
        st.session_state[_TROUBLE] = translate(error.message)
        return
    run_table.choose(run)
