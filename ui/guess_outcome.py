"""What somebody guessed of a run before it began, and what the run answered."""

import streamlit as st

from core.runs.guess_outcomes import answered
from core.runs.guesses import guess_of
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
        if outcome is None:
            st.markdown(_("The run answers when it is over."))
            return
        is_right = outcome.answer == guess.answer
        answer, came_out = _("It came out"), _(answers[outcome.answer])
        icon = ":material/check_circle:" if is_right else ":material/lightbulb:"
        st.markdown(f"{icon} **{answer}: {came_out}.** {plain(translate(outcome.evidence))}")
