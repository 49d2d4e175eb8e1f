"""Whether values can stand in a recipe at all, and whether its layers then still fit together."""

from typing import Any

import streamlit as st

from core.architecture.naming import number
from core.errors import RecipeError
from core.message import Message, say
from core.problem import Problem
from core.recipe import Recipe
from core.runs.machine import memory_bytes
from core.tuning.placing import recipe_with
from core.tuning.space import Parameter
from ui.tuning import typed_values
from ui.tuning.names import value_text


def trouble(recipe: Recipe, path: str, parameter: Parameter, classes: int) -> Message | None:
    """Why the first of the values of ``parameter`` that cannot be trained at ``path`` of ``recipe`` cannot; ``classes``
    as for `Recipe.problems`."""
    for value in parameter.extremes:
        reason = _reason(recipe, path, typed_values.text_of(value), classes)
        if reason is not None:
            return say("{value}: {reason}", value=value_text(path, value), reason=reason)
    return None


@st.cache_data(max_entries=512, show_spinner=False, hash_funcs={Recipe: Recipe.model_dump_json})
def _reason(recipe: Recipe, path: str, text: str, classes: int) -> Message | None:
    value: Any = typed_values.value_of(text)
    try:
        problems = recipe_with(recipe, {path: value}).problems(classes, memory_bytes())
    except RecipeError as error:
        return error.message
    return next((_told(problem) for problem in problems if problem.forbids_training), None)


def _told(problem: Problem) -> Message:
    if problem.place is None:
        return problem.message
    return say("Layer {number}: {problem}", number=number(problem.place), problem=problem.message)
