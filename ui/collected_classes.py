"""The classes that were collected for a project without images, to look over and to take in with one button."""

import streamlit as st

from core.message import say
from ui import screen, session
from ui.class_collection import ClassCollection
from ui.data_line import image_count
from ui.markdown import plain
from ui.text import _, translate
from ui.ways_in import taking_in

_LEAST_CLASSES = 2


def collection() -> ClassCollection:
    """That of the open project."""
    return ClassCollection.of_project(session.workspace(), session.project().id)


def show() -> None:
    """Draws the classes with what is in them, each to be removed, and the button; nothing while there are none."""
    counts = collection().counts()
    if not counts:
        return
    st.markdown(_("**Collected so far**"))
    for position, (class_name, count) in enumerate(counts.items()):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(plain(class_name), width=200)
            st.caption(translate(image_count(count)), width=110)
            st.button(
                ":material/delete:",
                key=f"collected_classes_remove_{position}",
                type="tertiary",
                help=_("Remove this class"),
                on_click=_remove,
                args=(class_name,),
            )
    is_enough = len(counts) >= _LEAST_CLASSES
    label = _("Take in {count:,} classes").format(count=len(counts)) if is_enough else _("Take the classes in")
    if st.button(label, key="collected_classes_take", type="primary", disabled=not is_enough):
        taking_in.begin(collection().source(), _("My images"), None)
    if not is_enough:
        st.caption(_("A second class is needed before there is something to tell apart."))


def _remove(class_name: str) -> None:
    collection().remove(class_name)
    screen.fresh(say("The class {class_name} was removed.", class_name=class_name))
