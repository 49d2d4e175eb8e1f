"""A learning rate found by trying: the loss is measured while the rate grows from batch to batch."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from core.objective import Constant
from core.problem import Problem
from core.recipe import Recipe
from core.runs import inspections
from core.runs.inspections import Inspection
from core.runs.rate_search import RateSearch
from ui import inspection_wait, session, training_edits
from ui.charts import rate_search
from ui.numbers import rate
from ui.text import _

_ASKED = "rate_search_panel_asked"


def show_button(recipe: Recipe, problems: Sequence[Problem]) -> None:
    """Draws the button that asks."""
    st.button(
        _("Find a learning rate"),
        key="rate_search_panel_ask",
        icon=":material/search:",
        disabled=any(problem.forbids_training for problem in problems),
        help=_("Trains a copy of this net for some batches, with a learning rate that grows, and measures the loss."),
        on_click=_ask,
        args=(recipe,),
    )


def show_answer(recipe: Recipe) -> None:
    """Draws the answer to what was asked last, where it is about this recipe; another rate or schedule change nothing
    in it."""
    asked, inspection_id = st.session_state.get(_ASKED, (None, None))
    if asked != (_searched(recipe), session.needed_dataset().id):
        return
    with st.container(border=True, key="rate_search_panel"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_("**Loss over the learning rate**"), width="stretch")
            st.button(
                ":material/close:",
                key="rate_search_panel_close",
                type="tertiary",
                help=_("Close"),
                on_click=lambda: st.session_state.pop(_ASKED, None),
            )
        inspection_wait.show(inspection_id, _draw, partial(_ask, recipe))


def _searched(recipe: Recipe) -> Recipe:
    """What the search depends on: what is left of the recipe without the rate and what only acts later on."""
    training = recipe.training
    optimizer = training.optimizer.model_copy(update={"learning_rate": type(training.optimizer)().learning_rate})
    without = {"epochs": 1, "metrics": (), "schedule": Constant(), "keep_best": None}
    without |= {"early_stopping": None, "reduce_on_plateau": None}
    return recipe.model_copy(update={"training": training.model_copy(update={"optimizer": optimizer, **without})})


def _ask(recipe: Recipe) -> None:
    searched, dataset_id = _searched(recipe), session.needed_dataset().id
    inspection = inspections.ask_rate_search(session.database(), searched, dataset_id)
    st.session_state[_ASKED] = ((searched, dataset_id), inspection.id)


def _draw(inspection: Inspection) -> None:
    search = RateSearch.from_result(inspection.result or {})
    rate_search.show(search, key="rate_search_panel_chart")
    found = rate_search.suggested(search)
    if found is None:
        return
    is_used = session.draft().training.optimizer.learning_rate == found
    label = _("{rate} is used now") if is_used else _("Use {rate}")
    st.button(
        label.format(rate=rate(found)),
        key="rate_search_panel_use",
        icon=":material/check:",
        disabled=is_used,
        on_click=_use,
        args=(found,),
    )


def _use(found: float) -> None:
    session.renew_forms()
    training_edits.change_within("optimizer", learning_rate=found)
