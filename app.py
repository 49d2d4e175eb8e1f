"""The way in: language, project, navigation. What is on the screens is in pages/."""

import streamlit as st

from core.errors import LayerlabError
from ui import leak_demo, lesson_pages, session, sidebar, steps, text
from ui.screen import explain
from ui.text import _

ASSETS = "ui/assets"

st.set_page_config(page_title="Layerlab", page_icon=f"{ASSETS}/icon.svg", layout="wide")
text.keep_choice()
session.keep_engine()
session.follow_address()
leak_demo.follow_wish()

project = session.current_project()
states = steps.states(steps.progress(project)) if project else {}
home = st.Page(
    "pages/home/projects.py", title=_("Projects"), icon=":material/grid_view:", url_path="projects", default=True
)
sections: dict[str, list] = {"": [home]}
for step in steps.STEPS:
    state = states.get(step.name, steps.StepState.TO_DO)
    page = st.Page(
        step.page,
        title=_(step.title),
        icon=state.icon,
        url_path=step.name,
        visibility="visible" if project else "hidden",
        help=_(state.title),
    )
    sections.setdefault(_(step.section), []).append(page)
lessons = [
    st.Page(each.page, title=_(each.title), icon=each.icon, url_path=each.name) for each in lesson_pages.LESSON_PAGES
]
sections[_("Learn")] = lessons

shown = st.navigation(sections)
if project is None and shown.url_path not in {page.url_path for page in (home, *lessons)}:
    st.switch_page(home, query_params=st.query_params.to_dict())
st.logo(f"{ASSETS}/logo_{st.context.theme.type or 'light'}.png", size="large", icon_image=f"{ASSETS}/icon.svg")
sidebar.show()
try:
    shown.run()
except LayerlabError as error:
    explain(error)
