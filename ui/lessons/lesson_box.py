"""A lesson beside its search: the question and the guess, and the answer once all trials are done."""

from typing import Final

import pandas as pd
import streamlit as st

from core.errors import DatasetError
from core.lessons.answer import Answer
from core.lessons.evidence import evidence
from core.lessons.lesson import Lesson
from core.lessons.lessons import LESSONS
from core.tuning.searches import Search
from ui import screen, session
from ui.lessons import answer_table
from ui.markdown import plain
from ui.text import _, translate

CONTROLS: Final = {
    "learning_rate": "pages/model/training.py",
    "batch_size": "pages/model/training.py",
    "capacity": "pages/model/layers.py",
}
"""Where the setting of each lesson is changed."""


def show(search: Search, table: pd.DataFrame) -> None:
    """Draws the lesson that ``search`` is; ``table`` is what `core.tuning.trials.trials` gives. Nothing where the
    lesson is not known."""
    lesson = LESSONS.get(search.lesson or "")
    if lesson is None:
        return
    with st.container(border=True, gap="small", key="lesson_box"):
        _show_question(lesson, search.guess)
        if not (search.state.is_finished and search.is_at_rest):
            st.caption(_("The answer comes when all trials are done."))
            return
        try:
            found = _answer(search.id, search.worked_seconds, search, table)
        except DatasetError as error:
            screen.explain(error)
            return
        _show_answer(lesson, found, search.guess)


@st.cache_data(max_entries=32, show_spinner=False)
def _answer(search_id: str, worked_seconds: float, _search: Search, _table: pd.DataFrame) -> Answer:
    """Read once: a search at rest does not change until it has been worked on again, which takes time."""
    lesson = LESSONS[str(_search.lesson)]
    return lesson.answer(evidence(session.database(), session.workspace(), _search, _table))


def _show_question(lesson: Lesson, guess: str | None) -> None:
    st.markdown(f":material/school: **{_(lesson.title)}**")
    st.markdown(_(lesson.question))
    if guess in lesson.guesses:
        guessed = _("Your guess: **{guess}**").format(guess=_(lesson.guesses[guess]))
        st.markdown(f":material/psychology_alt: {guessed}")


def _show_answer(lesson: Lesson, answer: Answer, guess: str | None) -> None:
    if guess in lesson.guesses:
        _show_outcome(lesson, answer.right, guess)
    st.markdown("\n".join(f"- {plain(translate(sentence))}" for sentence in answer.sentences))
    answer_table.show(answer)
    st.caption(_(lesson.note))
    st.markdown(_(lesson.hint))
    st.page_link(CONTROLS[lesson.name], label=_("Try it yourself"), icon=":material/arrow_forward:")


def _show_outcome(lesson: Lesson, right: str | None, guess: str) -> None:
    if right == guess:
        st.success(_("It came out as you guessed."), icon=":material/check_circle:")
    elif right is None:
        st.info(_("This time no guess is clearly right. See what was measured:"), icon=":material/lightbulb:")
    else:
        came_out = _("It came out differently, and now you know: {answer}.").format(answer=_(lesson.guesses[right]))
        st.info(came_out, icon=":material/lightbulb:")
