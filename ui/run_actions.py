"""What can be done with a run that is there: run it again, take its recipe back, delete it, read its recipe."""

import streamlit as st

from core.errors import LayerlabError
from core.message import say
from core.recipe import dump
from core.runs import store as runs
from core.runs.run import Run
from ui import run_start, run_table, screen, session
from ui.text import _


def show(run: Run) -> None:
    """Draws the buttons for ``run``, and its recipe behind one click."""
    with st.expander(
        _("The recipe of run {number}").format(number=run.number),
        key="run_actions_recipe",
        icon=":material/receipt_long:",
    ):
        st.code(dump(run.recipe), language="yaml")
    with st.container(horizontal=True, key="run_actions"):
        is_draft = run.recipe == session.draft()
        st.button(
            _("Use this recipe as the draft"),
            key="run_actions_adopt",
            icon=":material/edit_note:",
            disabled=is_draft,
            help=_("The draft is this recipe already.")
            if is_draft
            else _("The screens then show and change this recipe."),
            on_click=_adopt,
            args=(run,),
        )
        if run.state.is_active:
            return
        st.button(
            _("Run again"),
            key="run_actions_again",
            icon=":material/replay:",
            help=_("Starts a new run of the same recipe on the same images."),
            on_click=run_start.start,
            args=(run.project_id, run.dataset_id, run.recipe),
        )
        if st.button(_("Delete"), key="run_actions_delete", icon=":material/delete:"):
            _ask_to_delete(run)


def _adopt(run: Run) -> None:
    session.save_draft(run.recipe)
    screen.fresh(say("The draft is now the recipe of run {number}.", number=run.number))


def _ask_to_delete(run: Run) -> None:
    @st.dialog(_("Delete run {number}?").format(number=run.number), icon=":material/delete:")
    def ask() -> None:
        st.markdown(
            _("Its curves, its model and its evaluations will be gone for good. The draft and the images stay.")
        )
        if st.button(
            _("Delete run {number}").format(number=run.number),
            key="run_actions_delete_for_good",
            type="primary",
            on_click=_delete,
            args=(run,),
        ):
            st.rerun()

    ask()


def _delete(run: Run) -> None:
    try:
        runs.delete(session.database(), session.workspace(), run.id)
    except LayerlabError as error:
        run_start.keep_trouble(error)
        return
    run_table.choose(None)
    screen.fresh(say("Run {number} is deleted.", number=run.number))
