"""A picture from the camera."""

import streamlit as st

from core.evaluation.trying.trial import Trial
from ui.text import _
from ui.trying import answer
from ui.trying.answer import Asked
from ui.trying.picture_file import open_or_explain


@st.fragment
def show(trial: Trial) -> None:
    """Draws the camera, and what the net answers for the picture that is taken."""
    picture = st.camera_input(_("Take a picture"), key="try_camera_picture", width=420)
    if picture is None:
        st.caption(_("Your browser asks whether it may use the camera. The picture stays on this computer."))
        return
    image = open_or_explain(picture.getvalue(), picture.name)
    if image is not None:
        answer.show(trial, [Asked(_("The picture"), image)])
