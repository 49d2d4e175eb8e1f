"""A problem, said where it stands, with the fixes that one click applies."""

from collections.abc import Sequence

import streamlit as st

from core.architecture.naming import number
from core.problem import Fix, Problem
from ui import session
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
            for position, fix in enumerate(problem.fixes):
                st.button(
                    translate(fix.message),
                    key=f"{key}_{position}",
                    icon=":material/build:",
                    type="primary" if position == 0 and problem.forbids_training else "secondary",
                    on_click=_apply,
                    args=(fix,),
                    wrap=True,
                )


def _sentence(problem: Problem) -> str:
    text = translate(problem.message)
    if problem.place is None:
        return text
    return _("Layer {number}: {problem}").format(number=number(problem.place), problem=text)


def _apply(fix: Fix) -> None:
    session.renew_forms()
    session.save_draft(session.draft().apply(fix))


def first_error(problems: Sequence[Problem]) -> str | None:
    """What forbids training, as the help of a button that is not offered; None where nothing does."""
    errors = [problem for problem in problems if problem.forbids_training]
    if not errors:
        return None
    return _("First mend this: {problem}").format(problem=translate(errors[0].message))
