"""Images from files, several at once."""

import streamlit as st

from core.evaluation.trying.trial import Trial
from ui.text import _
from ui.trying import answer
from ui.trying.answer import Asked
from ui.trying.picture_file import open_or_explain

_PER_PAGE = 6
_PAGE = "try_upload_page"


@st.fragment
def show(trial: Trial) -> None:
    """Draws the place for the files, and what the net answers for each of them."""
    files = st.file_uploader(_("Images"), accept_multiple_files=True, key="try_upload_files", on_change=_to_first_page)
    if not files:
        st.caption(_("Drop one image or several. They are not added to the images of the project."))
        return
    pages = -(-len(files) // _PER_PAGE)
    page = min(st.session_state.get(_PAGE) or 1, pages)
    shown = files[(page - 1) * _PER_PAGE : page * _PER_PAGE]
    pictures = [(file.name, open_or_explain(file.getvalue(), file.name)) for file in shown]
    asked = [Asked(name, picture) for name, picture in pictures if picture is not None]
    if asked:
        answer.show(trial, asked)
    if pages > 1:
        st.pagination(pages, key=_PAGE)


def _to_first_page() -> None:
    st.session_state[_PAGE] = 1
