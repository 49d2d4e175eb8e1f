"""From the button of a lesson to its search: the sample set is taken in first, which takes some seconds."""

from typing import Final, NoReturn

import streamlit as st

from core.dataset.sources import SAMPLES
from core.errors import LayerlabError
from core.lessons import beginning
from core.lessons.lesson import Lesson
from core.message import Message, say
from core.runs import intakes, projects
from core.runs.intakes import Intake
from ui import session
from ui.markdown import plain
from ui.new_project import free_name
from ui.text import _, translate
from ui.tuning import search_choice

TUNE_PAGE: Final = "pages/train/tune.py"
_STARTING: Final = "lesson_starting"
"""The name of the lesson that is being begun in this session, and its project."""
_TROUBLE: Final = "lesson_trouble"


def begin(lesson: Lesson, guess: str) -> None:
    """Makes the project of the lesson, opens it and runs the screen anew, which waits for the search then."""
    taken = list(projects.names(session.database()).values())
    try:
        project = beginning.begin(
            session.database(),
            session.workspace(),
            lesson,
            guess,
            project_name=free_name(_(lesson.title), taken),
            dataset_name=_(SAMPLES[lesson.sample].title),
        )
    except LayerlabError as error:
        st.session_state[_TROUBLE] = lesson.name, translate(error.message)
    else:
        st.session_state[_STARTING] = lesson.name, project.id
        session.open_project(project.id)
    st.rerun()


def follow() -> None:
    """Goes to the search of the lesson that is being begun, once it is there; the page calls this in every run."""
    if not is_any_starting():
        return
    lesson_name, project_id = st.session_state[_STARTING]
    search = beginning.search_of(session.database(), project_id)
    if search is not None:
        del st.session_state[_STARTING]
        go_to(project_id, search.id)
    intake = intakes.latest(session.database(), project_id)
    if intake is None or beginning.is_given_up(session.database(), intake):
        del st.session_state[_STARTING]
        st.session_state[_TROUBLE] = lesson_name, translate(_why(intake))


def go_to(project_id: str, search_id: str) -> NoReturn:
    """Opens the project with this search looked at."""
    session.open_project(project_id)
    search_choice.choose(search_id)
    st.switch_page(TUNE_PAGE)


def is_starting(lesson: Lesson) -> bool:
    """Whether this lesson is being begun in this session."""
    return is_any_starting() and st.session_state[_STARTING][0] == lesson.name


def is_any_starting() -> bool:
    """Whether any lesson is."""
    return _STARTING in st.session_state


def show() -> None:
    """Draws how far the images of the lesson are that is being begun. The screen runs anew when that is over."""
    st.fragment(_draw, run_every="500ms")(st.session_state[_STARTING][1])


def show_trouble(lesson: Lesson) -> None:
    """Says once why this lesson could not be begun, if it could not."""
    if st.session_state.get(_TROUBLE, ("",))[0] == lesson.name:
        st.error(plain(st.session_state.pop(_TROUBLE)[1]), icon=":material/error:")


def _draw(project_id: str) -> None:
    intake = intakes.latest(session.database(), project_id)
    if intake is None or beginning.search_of(session.database(), project_id) is not None:
        st.rerun()
    if beginning.is_given_up(session.database(), intake):
        st.rerun()
    st.progress(intake.progress, text=_step(intake))


def _step(intake: Intake) -> str:
    if intake.state.is_working:
        return _("First the images are taken in: {done:,} of {total:,}").format(done=intake.done, total=intake.total)
    return _("The images are there; the search begins …")


def _why(intake: Intake | None) -> Message:
    if intake is not None and intake.message is not None:
        return intake.message
    return say("The lesson could not be begun: its images were not taken in, or its search was not made. Try again.")
