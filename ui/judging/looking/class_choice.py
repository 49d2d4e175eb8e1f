"""For which class it is asked where the net looks: the answer, the truth, or any other."""

from collections.abc import Sequence

import streamlit as st

from ui.judging.looking.image_choice import JudgedImage
from ui.markdown import plain
from ui.text import _

_OTHER = "other"


def show(image: JudgedImage, class_names: Sequence[str], key: str) -> int:
    """Draws the choice and gives the position of the class; of an image with a number 0, which is all there is."""
    if image.predicted is None or image.label is None:
        return 0
    roles = _roles(image)
    others = [position for position in range(len(class_names)) if position not in roles.values()]
    offered = [*roles, _OTHER] if others else list(roles)
    role_key = f"{key}_role"
    if st.session_state.get(role_key) not in offered:
        st.session_state[role_key] = "predicted"
    role = st.segmented_control(
        _("What speaks for"),
        offered,
        format_func=lambda each: _title(each, roles, class_names),
        required=True,
        key=role_key,
        persist_state="session",
    )
    if role in roles:
        return roles[role]
    return st.selectbox(_("Class"), others, format_func=class_names.__getitem__, key=f"{key}_class")


def _roles(image: JudgedImage) -> dict[str, int]:
    """The classes that are one click away, by what they are to the image."""
    if image.label == image.predicted:
        return {"predicted": image.predicted}
    return {"predicted": image.predicted, "true": image.label}


def _title(role: str, roles: dict[str, int], class_names: Sequence[str]) -> str:
    if role == _OTHER:
        return _("Another class")
    name = plain(class_names[roles[role]])
    return (
        _("{name}, the answer").format(name=name) if role == "predicted" else _("{name}, the truth").format(name=name)
    )
