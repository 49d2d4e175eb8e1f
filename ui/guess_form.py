"""Predict, then reveal: before a run starts, what will come out may be guessed. Closed until somebody wants to."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.errors import LayerlabError
from core.recipe import Recipe
from core.recipe_changes import changes, in_words
from core.runs.guesses import Guess, save_guess
from core.runs.questions import KINDS, Question, question
from core.runs.run import Run
from core.runs.series_kinds import is_of_search
from ui import run_trouble, session
from ui.markdown import plain
from ui.run_states import is_completed
from ui.text import _, translate


@dataclass(frozen=True)
class Asked:
    """A question, and the run before that it is about."""

    question: Question
    before: Run


def asked_of(recipe: Recipe, dataset_id: str, of_project: Sequence[Run]) -> Asked | None:
    """What to ask of a run of ``recipe``, beside the newest run on the same images that can be compared; None where
    there is none, or exactly this was trained before. ``of_project``: its runs, the newest first."""
    alike = [run for run in of_project if run.dataset_id == dataset_id and not run.state.is_trouble]
    before = next((run for run in alike if _can_be_compared(run)), None)
    if before is None or any(run.recipe == recipe for run in alike):
        return None
    has_accuracy = not session.predicts_numbers(dataset_id)
    return Asked(question(before.recipe, before.number, recipe, has_accuracy=has_accuracy), before)


def show(asked: Asked, recipe: Recipe) -> None:
    """Draws what changed, the question, and the answers of which one can be taken."""
    answers = KINDS[asked.question.kind].answers
    with st.expander(_("Guess first"), key="guess_form", icon=":material/psychology_alt:", type="compact"):
        changed = translate(in_words(changes(asked.before.recipe, recipe)))
        st.markdown(plain(f"{changed} {translate(asked.question.message)}"))
        st.segmented_control(
            _("Your guess"),
            list(answers),
            key=_key(asked.question),
            format_func=lambda answer: _(answers[answer]),
            label_visibility="collapsed",
        )
        st.caption(_("It is kept with the run when you start it. When the run is over, it answers."))


def keep(run: Run, asked: Asked) -> None:
    """Keeps what was guessed, if anything was, with ``run``, which was just made."""
    answer = st.session_state.get(_key(asked.question))
    if answer is None:
        return
    try:
        save_guess(session.database(), run.id, Guess(asked.question, answer))
    except LayerlabError as error:
        run_trouble.keep(error)


def _can_be_compared(run: Run) -> bool:
    """Not one that was stopped, which shows neither a pace nor a best; nor a trial, which no person has looked at."""
    return (run.state.is_active or is_completed(run)) and not is_of_search(run.series)


def _key(asked: Question) -> str:
    """Another question has not been answered yet."""
    return f"guess_form_{asked.kind}_{asked.number}"
