"""One class at a time: it is named, and its images are dropped on it."""

import streamlit as st

from core.dataset.store import Dataset
from core.errors import LayerlabError
from ui import class_field, collected_classes, screen, session, uploads
from ui.text import _
from ui.ways_in import taking_in

_TURN = "one_class_turn"


def show(base: Dataset | None) -> None:
    """Draws the name and where its images are dropped.

    Where there are images already, the class is added at once; else it waits until there are two.
    """
    st.caption(
        _("Name a class and drop its images; they are added to the images of the project at once.")
        if base
        else _("Name a class and drop its images, then the next class. When all are there, take them in.")
    )
    turn = st.session_state.get(_TURN, 0)
    class_name = class_field.show(f"one_class_name_{turn}", base)
    files = st.file_uploader(
        _("The images of this class"),
        accept_multiple_files=True,
        key=f"one_class_files_{turn}",
        disabled=class_name is None,
    )
    if class_name is None and files:
        st.caption(_("The class needs a name."))
    if class_name is not None and files:
        _take(class_name, files, base)
    if base is None:
        collected_classes.show()
    taking_in.explain_formats()


def _take(class_name: str, files: list, base: Dataset | None) -> None:
    if base is not None:
        if taking_in.is_new([file.file_id for file in files]):
            path = taking_in.spooled(lambda: uploads.spool_folder(files, session.workspace()))
            taking_in.begin(str(path), class_name, base, class_name)
        return
    try:
        with st.spinner(_("Writing the upload to the disk …")):
            collected_classes.collection().add(class_name, files)
    except LayerlabError as error:
        screen.explain(error)
        return
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1  # an empty field and an empty place for the next one
    st.rerun()
