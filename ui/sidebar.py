"""The sidebar below the steps: which project is open, its data in one line, and the language."""

import streamlit as st

from core.errors import DatasetError
from core.runs import projects
from core.runs.datasets import dataset_summary
from core.runs.projects import Project
from ui import language, session
from ui.data_line import data_line
from ui.text import _, translate

_KEY = "sidebar_project"


def show() -> None:
    """Draws it, for the open project if there is one."""
    with st.sidebar:
        project = session.current_project()
        if project is not None:
            _show_project(project)
        language.show()


def _show_project(project: Project) -> None:
    names = projects.names(session.database())
    st.session_state[_KEY] = project.id  # at each run: a project may have got another name
    st.selectbox(
        _("Project"),
        list(names),
        format_func=lambda project_id: names.get(project_id, project_id),
        key=_KEY,
        on_change=_switch,
        filter_mode=None,
    )
    st.caption(_data(project))


def _data(project: Project) -> str:
    if project.dataset_id is None or project.draft is None:
        return _("No images yet")
    try:
        summary = dataset_summary(session.database(), project.dataset_id)
    except DatasetError as error:
        return translate(error.message)
    return translate(data_line(summary.images, len(summary.class_names), project.draft.image))


def _switch() -> None:
    session.open_project(st.session_state[_KEY])
