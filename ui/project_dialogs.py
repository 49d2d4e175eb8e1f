"""The questions asked before a project gets another name or is deleted."""

import streamlit as st

from core.errors import LayerlabError
from core.message import say
from core.runs import projects
from core.runs import store as runs
from core.runs.projects import LONGEST_NAME, Project
from core.tuning.states import states_of_project
from ui import screen, session
from ui.markdown import plain
from ui.text import _, ngettext

_NAME = "project_dialogs_name"


def rename(project: Project) -> None:
    """Opens the question for another name."""
    st.dialog(_("Rename the project"), icon=":material/edit:")(_rename)(project)


def delete(project: Project) -> None:
    """Opens the question whether the project is to be deleted, which says what will be lost."""
    st.dialog(_("Delete the project?"), icon=":material/delete:")(_delete)(project)


def _rename(project: Project) -> None:
    name = st.text_input(_("Name"), value=project.name, max_chars=LONGEST_NAME, key=f"{_NAME}_{project.id}")
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button(_("Cancel"), key="project_dialogs_cancel_rename"):
            st.rerun()
        if not st.button(_("Rename"), key="project_dialogs_rename", type="primary"):
            return
    try:
        projects.rename(session.database(), project.id, name or "")
    except LayerlabError as error:
        screen.explain(error)
        return
    st.rerun()


def _delete(project: Project) -> None:
    st.markdown(_losses(project))
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button(_("Keep it"), key="project_dialogs_keep"):
            st.rerun()
        if not st.button(
            _("Delete the project"), key="project_dialogs_delete", type="primary", icon=":material/delete:"
        ):
            return
    try:
        projects.delete(session.database(), session.workspace(), project.id)
    except LayerlabError as error:
        screen.explain(error)
        return
    current = session.current_project()
    if current is not None and current.id == project.id:
        session.close_project()
    screen.fresh(say("The project {name} is deleted.", name=project.name))
    st.rerun()


def _losses(project: Project) -> str:
    count = len(runs.of_project(session.database(), project.id))
    if count == 0:
        text = _("The settings of **{name}** will be lost. It has no runs. Its images stay in the workspace.")
    else:
        text = ngettext(
            "The settings of **{name}** and its run, with the trained model, will be lost. Its images stay in the "
            "workspace.",
            "The settings of **{name}** and its {count:,} runs, with the trained models, will be lost. Its images "
            "stay in the "
            "workspace.",
            count,
        )
    return text.format(name=plain(project.name), count=count) + _lost_searches(project)


def _lost_searches(project: Project) -> str:
    """A sentence after the others; empty where there are none."""
    states = states_of_project(session.database(), project.id)
    if not states:
        return ""
    text = ngettext(
        "Its search for good settings, with all trials, will be lost too.",
        "Its {count:,} searches for good settings, with all trials, will be lost too.",
        len(states),
    ).format(count=len(states))
    if any(state.is_working for state in states):
        text += " " + _("The project can be deleted once no search is running: stop that first.")
    return " " + text
