"""A picture from the camera into a class."""

import streamlit as st

from core.dataset.store import Dataset
from core.errors import LayerlabError
from core.message import say
from ui import class_field, collected_classes, screen, session, uploads
from ui.text import _
from ui.ways_in import taking_in

_TURN = "camera_turn"


def show(base: Dataset | None) -> None:
    """Draws the class, the camera, and the button that adds the picture to the class."""
    st.caption(
        _("Choose a class and take a picture; your browser asks whether it may use the camera. Then add the picture.")
    )
    class_name = class_field.show("camera_class", base)
    picture = st.camera_input(_("Take a picture"), key=f"camera_picture_{st.session_state.get(_TURN, 0)}", width=420)
    is_ready = class_name is not None and picture is not None
    if st.button(
        _("Add the picture"),
        key="camera_add",
        type="primary",
        icon=":material/add_a_photo:",
        disabled=not is_ready,
        help=None if is_ready else _("First choose a class and take a picture."),
    ):
        _take(class_name, picture, base)
    if base is None:
        collected_classes.show()


def _take(class_name: str, picture: uploads.Upload, base: Dataset | None) -> None:
    if base is not None:
        path = uploads.spool_folder([picture], session.workspace())
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
        taking_in.begin(str(path), class_name, base, class_name)
        return
    try:
        collected_classes.collection().add(class_name, [picture])
    except LayerlabError as error:
        screen.explain(error)
        return
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    screen.fresh(say("The picture is in the class {class_name}.", class_name=class_name))
    st.rerun()
