"""What somebody guessed of a run before it began, and what the run answered."""

import streamlit as st

from core.runs.guess_outcomes import Outcome, answered
from core.runs.guesses import Guess, guess_of
from core.runs.questions import KINDS
from core.runs.run import Run
from ui import session
from ui.markdown import plain
from ui.text import _, translate


def show(run: Run) -> None:
    """Draws the guess with the question, and the answer once there is one; nothing where nothing was guessed."""
    guess = guess_of(session.database(), run.id)
    if guess is None:
        return
    answers = KINDS[guess.question.kind].answers
    outcome = answered(session.database(), session.workspace(), run, guess.question)
    with st.container(border=True, gap="xsmall", key="guess_outcome"):
        title, guessed = _("Your guess"), _(answers[guess.answer])
        st.markdown(f":material/psychology_alt: **{title}: {guessed}**")
        st.caption(plain(translate(guess.question.message)))
        st.markdown(_answer(guess, outcome))


def _answer(guess: Guess, outcome: Outcome | None) -> str:
    if outcome is None:
        return _("The run answers when it is over.")
    evidence = plain(translate(outcome.evidence))
    if outcome.answer is None:
        untold = _("It cannot be told.")
        return f":material/help: **{untold}** {evidence}"
    answer, came_out = _("It came out"), _(KINDS[guess.question.kind].answers[outcome.answer])
    icon = ":material/check_circle:" if outcome.answer == guess.answer else ":material/lightbulb:"
    return f"{icon} **{answer}: {came_out}.** {evidence}"
