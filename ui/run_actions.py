"""What can be made of a run: its recipe as the draft, more runs like it, a longer one; and its deletion."""

from collections.abc import Callable

import streamlit as st

from core.errors import LayerlabError
from core.message import say
from core.recipe import dump
from core.runs import control
from core.runs import store as runs
from core.runs.again import CHECKPOINT
from core.runs.run import Run
from ui import curve_export, run_start, run_table, run_trouble, screen, session
from ui.run_states import is_completed
from ui.text import _

_EPOCHS = "run_actions_epochs"


def show(run: Run) -> None:
    """Draws the buttons for ``run``, and its recipe behind one click."""
    with st.expander(
        _("The recipe of run {number}").format(number=run.number),
        key="run_actions_recipe",
        icon=":material/receipt_long:",
    ):
        st.code(dump(run.recipe), language="yaml")
    with st.container(horizontal=True, gap="xsmall", key="run_actions"):
        curve_export.show(run)
        _offer_recipe(run)
        if not run.state.is_active:
            _offer_again(run)
        _offer_repeat(run)
        if is_completed(run):
            _offer_further(run)
        if not run.state.is_active and st.button(_("Delete"), key="run_actions_delete", icon=":material/delete:"):
            _ask_to_delete(run)


def _offer_recipe(run: Run) -> None:
    is_draft = run.recipe == session.draft()
    st.button(
        _("Use this recipe as the draft"),
        key="run_actions_adopt",
        icon=":material/edit_note:",
        disabled=is_draft,
        help=_("The draft is this recipe already.") if is_draft else _("The screens then show and change this recipe."),
        on_click=_adopt,
        args=(run,),
    )


def _offer_again(run: Run) -> None:
    st.button(
        _("Run again"),
        key="run_actions_again",
        icon=":material/replay:",
        help=_("Starts a new run of the same recipe on the same images."),
        on_click=run_start.start,
        args=(run.project_id, run.dataset_id, run.recipe),
    )


def _offer_repeat(run: Run) -> None:
    st.button(
        _("Repeat with another seed"),
        key="run_actions_repeat",
        icon=":material/casino:",
        help=_("Other first weights and another order of the images: how much of the result is just chance?"),
        on_click=_begin,
        args=(control.repeat, run.id),
    )


def _offer_further(run: Run) -> None:
    """It begins from the checkpoint of ``run``; one from before there were checkpoints has none."""
    has_checkpoint = (runs.run_folder(session.workspace(), run.id) / CHECKPOINT).is_dir()
    with st.popover(
        _("Train further"),
        key="run_actions_further",
        icon=":material/add_circle:",
        disabled=not has_checkpoint,
        help=None if has_checkpoint else _("This run has left no checkpoint from which it could go on."),
    ):
        st.markdown(_("A new run begins where this one ended, with all that it has learned and its curves."), width=320)
        st.number_input(_("More epochs"), 1, value=run.epochs, key=f"{_EPOCHS}_{run.id}")
        st.button(
            _("Train further"),
            key="run_actions_further_start",
            type="primary",
            on_click=_train_further,
            args=(run.id,),
        )


def _train_further(run_id: str) -> None:
    _begin(control.train_further, run_id, st.session_state[f"{_EPOCHS}_{run_id}"])


def _begin(make: Callable[..., Run], run_id: str, *values: int) -> None:
    """Has a run made out of another one, and shows it."""
    try:
        run = make(session.database(), session.workspace(), run_id, *values)
    except LayerlabError as error:
        run_trouble.keep(error)
        return
    run_table.choose(run.id)


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
        run_trouble.keep(error)
        return
    run_table.choose(None)
    screen.fresh(say("Run {number} is deleted.", number=run.number))
