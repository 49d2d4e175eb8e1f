"""Sending the recipe of a trial to the builder: it becomes the project's draft, in one step that can be undone."""

import pandas as pd
import streamlit as st

from core.errors import LayerlabError
from core.message import say
from core.recipe import Recipe
from core.recipe_changes import changes
from core.runs import store as runs
from core.runs.run import Run
from core.tuning.searches import Search
from core.tuning.space import SearchSpace
from core.tuning.trial_states import FINISHED, PRUNED
from core.tuning.trials import best_k
from ui import screen, session
from ui.markdown import plain
from ui.text import _, ngettext, translate
from ui.tuning import objective

_CHOSEN, _CHOSEN_IN = "to_builder_trial", "to_builder_search"
_MOST_TOLD = 4


def show(search: Search, table: pd.DataFrame) -> None:
    """Draws the choice of a finished trial, what its recipe would change in the draft, and the button. ``table`` as of
    `core.tuning.trials.trials`, with a complete trial."""
    offered = _offered(search.space, table)
    if offered.empty:
        return
    with st.container(border=True, key="to_builder", gap="small"):
        st.subheader(_("Go on with a trial"), anchor=False)
        number = _choose(search, offered)
        run = _run(offered.loc[number, "run_id"])
        if run is None:
            return
        is_draft = run.recipe == session.draft()
        st.markdown(_told(session.draft(), run.recipe))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if st.button(
                _("Send to builder"),
                key="to_builder_send",
                icon=":material/edit_note:",
                disabled=is_draft,
                help=_("The recipe of the trial becomes the draft. Undo on the screen of the layers takes it back."),
            ):
                _send(run.recipe, number)
                st.rerun()
            if is_draft:
                st.page_link("pages/model/layers.py", label=_("Go to the layers"), icon=":material/arrow_forward:")


def differences(before: Recipe, after: Recipe) -> list[str]:
    """What ``after`` has otherwise, each as ``learning rate: 0.001 → 0.01``."""
    return [translate(change.message) for change in changes(before, after)]


def _offered(space: SearchSpace, table: pd.DataFrame) -> pd.DataFrame:
    """The finished trials that have a run, the best first and the pruned ones last, indexed by their numbers."""
    has_run = table[table["state"].isin(FINISHED) & table["run_id"].notna()]
    pruned = has_run[has_run["state"] == PRUNED]
    return pd.concat([best_k(has_run, space, len(has_run)), pruned]).set_index("number")


def _choose(search: Search, offered: pd.DataFrame) -> int:
    """The best one as it stands, until somebody chooses one of this search."""
    numbers = offered.index.tolist()
    if st.session_state.get(_CHOSEN_IN) != search.id or st.session_state.get(_CHOSEN) not in numbers:
        st.session_state[_CHOSEN] = numbers[0]
    return st.selectbox(
        _("Trial"),
        numbers,
        key=_CHOSEN,
        format_func=lambda number: _title(search.space, number, offered),
        on_change=_keep_choice,
        args=(search.id,),
        width=380,
    )


def _keep_choice(search_id: str) -> None:
    st.session_state[_CHOSEN_IN] = search_id


def _title(space: SearchSpace, number: int, offered: pd.DataFrame) -> str:
    """``Trial 5 · 97.3%``. One that is not offered any more may still be on its way from the browser."""
    if number not in offered.index:
        return _("Trial {number}").format(number=number + 1)
    trial = offered.loc[number]
    text = _("Trial {number} · {value}, pruned") if trial["state"] == PRUNED else _("Trial {number} · {value}")
    return text.format(number=number + 1, value=objective.written(trial["value"], space))


def _run(run_id: str) -> Run | None:
    """None where it was deleted a moment ago."""
    try:
        return runs.get(session.database(), run_id)
    except LayerlabError as error:
        screen.explain(error)
        return None


def _told(draft: Recipe, recipe: Recipe) -> str:
    """What the draft would be changed in, in Markdown."""
    listed = differences(draft, recipe)
    if not listed:
        return ":material/check: " + _("The draft is this recipe.")
    intro = ngettext(
        "{count} thing in the draft would change:", "{count} things in the draft would change:", len(listed)
    )
    return "\n".join([intro.format(count=len(listed)), "", *(f"- {plain(each)}" for each in listed)])


def _send(recipe: Recipe, number: int) -> None:
    listed = differences(session.draft(), recipe)
    session.save_draft(recipe)
    more = len(listed) - _MOST_TOLD
    told = ", ".join(listed[:_MOST_TOLD])
    if more > 0:
        told = _("{told} and {more} more").format(told=told, more=more)
    screen.fresh(say("The draft is now the recipe of trial {number}. Changed: {told}.", number=number + 1, told=told))
