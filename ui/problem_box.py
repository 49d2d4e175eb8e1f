"""A problem, said where it stands, with the fixes that one click applies."""

from collections.abc import Sequence

import streamlit as st

from core.architecture.naming import number
from core.problem import Fix, Problem
from core.recipe import Recipe
from ui import opened_layer, session
from ui.text import _, translate


def show(problems: Sequence[Problem], prefix: str) -> None:
    """Draws each problem with the number of its layer and its fixes.

    The fix buttons have the keys ``{prefix}_fix_{problem}_{fix}``, counted from 0.
    """
    for position, problem in enumerate(problems):
        _show(problem, f"{prefix}_fix_{position}")


def _show(problem: Problem, key: str) -> None:
    draw, icon = (st.error, ":material/error:") if problem.forbids_training else (st.warning, ":material/warning:")
    with st.container(gap="xsmall"):
        draw(_sentence(problem), icon=icon)
        with st.container(horizontal=True, gap="xsmall"):
            if problem.place is not None and problem.place != opened_layer.place(session.draft().layers):
                st.button(
                    _("Open layer {number}").format(number=number(problem.place)),
                    key=f"{key}_open",
                    type="tertiary",
                    icon=":material/my_location:",
                    on_click=opened_layer.open_at,
                    args=(problem.place,),
                )
            for position, fix in enumerate(problem.fixes):
                st.button(
                    translate(fix.message),
                    key=f"{key}_{position}",
                    icon=":material/build:",
                    type="primary" if position == 0 and problem.forbids_training else "secondary",
                    on_click=_apply,
                    args=(session.draft(), problem, fix),
                    wrap=True,
                )


def _sentence(problem: Problem) -> str:
    text = translate(problem.message)
    if problem.place is None:
        return text
    return _("Layer {number}: {problem}").format(number=number(problem.place), problem=text)


def _apply(seen: Recipe, problem: Problem, fix: Fix) -> None:
    """What was typed a moment before the click is kept: the fix is then the same one for the net as it is now."""
    draft = session.draft()
    fresh = fix if draft == seen else _same_fix(problem, fix)
    if fresh is None:
        st.toast(_("The net has changed meanwhile. Look again whether this is still needed."), icon=":material/info:")
        return
    session.renew_forms()
    session.save_draft(draft.apply(fresh))


def _same_fix(problem: Problem, fix: Fix) -> Fix | None:
    alike = (each for each in session.problems() if each.place == problem.place)
    fixes = (each for found in alike for each in found.fixes)
    return next((each for each in fixes if each.message.template == fix.message.template), None)


def first_error(problems: Sequence[Problem]) -> str | None:
    """What forbids training, as the help of a button that is not offered; None where nothing does."""
    errors = [problem for problem in problems if problem.forbids_training]
    if not errors:
        return None
    return _("First mend this: {problem}").format(problem=translate(errors[0].message))
