"""The form of a new search: what is searched, how, and how far. It draws itself alone, and keeps what was chosen."""

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from core.dataset.store import Dataset
from core.errors import LayerlabError, RecipeError
from core.message import Message, say
from core.recipe import Recipe
from core.runs.projects import Project
from core.tuning import SearchSpace, searches
from core.tuning.checking import refuse_unfit
from core.tuning.searches import Search
from core.tuning.space import Parameter
from ui import rarely_used, run_trouble, screen, session, training_obstacle
from ui.markdown import plain
from ui.text import _, translate
from ui.tuning import budget, methods, parameter_choice, parameter_rows, search_choice
from ui.tuning.budget import Budget

_NO_SEED: Final = 2**32


def show(project: Project, dataset: Dataset, of_project: Sequence[Search]) -> None:
    """Draws the form: open while there is no search, else behind one click."""
    is_open = _is_open(project)
    st.session_state.setdefault(is_open, not of_project)
    box = st.expander(_("New search"), key=is_open, icon=":material/add:", on_change="rerun")
    if st.session_state[is_open]:
        with box:
            st.fragment(_draw)(project, dataset, is_first=not of_project)
    run_trouble.show()


def _draw(project: Project, dataset: Dataset, *, is_first: bool) -> None:
    recipe, prefix = session.draft(), f"new_search_{project.id}"
    found = training_obstacle.obstacle(session.problems_of_split())
    if found is not None:
        training_obstacle.show(found)
        return
    what, how = st.container(gap="small"), st.container(gap="small")
    with how:
        st.markdown(_("**How it is searched**"))
        with st.grid(3, min_column_width=230, gap="medium"):
            sampler, pruner = methods.choose_sampler(prefix), methods.choose_pruner(prefix)
            limits = budget.choose(prefix)
        objective, seed = _choose_rare(prefix, has_accuracy=not dataset.predicts_numbers)
    with what:
        st.markdown(_("**What is searched**"))
        chosen = parameter_choice.choose(recipe, prefix)
        classes = len(dataset.class_names)
        parameters = parameter_rows.show(chosen, recipe, classes, prefix, lists_all=sampler == "grid")
    method = {"sampler": sampler, "pruner": pruner, "objective": objective, "seed": seed}
    space = space_of(parameters, method, recipe)
    _show_start(project, recipe, space, limits, is_first=is_first)


def space_of(
    parameters: Mapping[str, Parameter | None], method: Mapping[str, str | int], recipe: Recipe
) -> SearchSpace | Message:
    """What is to be searched, and how; or why that cannot be."""
    if not parameters:
        return say("Choose at least one setting to search.")
    if None in parameters.values():
        return say("First mend what is marked above.")
    space = SearchSpace.model_validate({"parameters": parameters, **method})
    try:
        refuse_unfit(space, recipe)
    except RecipeError as error:
        return error.message
    return space


def _choose_rare(prefix: str, *, has_accuracy: bool) -> tuple[str, int]:
    """The objective and the seed."""
    seed_key = f"{prefix}_seed"
    is_used = bool(st.session_state.get(seed_key))
    with rarely_used.show(_("Objective and seed"), f"{prefix}_more", is_used=is_used):
        objective = methods.choose_objective(prefix, has_accuracy=has_accuracy)
        seed = st.number_input(
            _("Seed"),
            0,
            _NO_SEED - 1,
            key=seed_key,
            help=_("The same seed tries the same settings again, and ends the same trials early."),
            persist_state="session",
            width=170,
        )
    return objective, seed


def _show_start(
    project: Project, recipe: Recipe, space: SearchSpace | Message, limits: Budget, *, is_first: bool
) -> None:
    reason = translate(space) if isinstance(space, Message) else None
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="new_search_start"):
        if st.button(
            _("Start search"),
            key="tune_start",
            type="primary" if is_first else "secondary",
            icon=":material/travel_explore:",
            disabled=reason is not None,
            help=None if reason is None else plain(reason),
            width="content",
        ):
            _start(project, recipe, space, limits)
            st.rerun()
        st.caption(plain(reason) if reason is not None else _outlook(project, recipe, space, limits))


def _outlook(project: Project, recipe: Recipe, space: SearchSpace, limits: Budget) -> str:
    """What will be done, and how long it will take."""
    told = [budget.points(space, limits), budget.forecast(project, recipe, space, limits), _fold(recipe)]
    return " ".join(translate(message) for message in told if message is not None)


def _fold(recipe: Recipe) -> Message | None:
    if not recipe.split.folds:
        return None
    return say(
        "The split has {folds} folds: all trials are judged by fold {fold} alone, so that they can be compared.",
        folds=recipe.split.folds,
        fold=recipe.split.fold + 1,
    )


def _start(project: Project, recipe: Recipe, space: SearchSpace, limits: Budget) -> None:
    """Begins the search, and shows it instead of the form."""
    try:
        search = searches.create(
            session.database(),
            session.workspace(),
            project.id,
            str(project.dataset_id),
            recipe,
            space,
            trials=limits.trials,
            minutes=limits.minutes,
        )
    except LayerlabError as error:
        run_trouble.keep(error)
        return
    session.keep_engine()
    search_choice.choose(search.id)
    st.session_state[_is_open(project)] = False
    screen.fresh(say("Search {number} has begun. It goes on also while this page is closed.", number=search.number))


def _is_open(project: Project) -> str:
    """The key of whether the form is open."""
    return f"new_search_open_{project.id}"
