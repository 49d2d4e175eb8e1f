"""Changes of images that a person has chosen: each makes a new version of the images, which can be undone.

A change is made of the dataset that the person sees, and refused where another tab has changed the images meanwhile.
"""

import streamlit as st

from core.dataset.editing import Edit
from core.dataset.store import Dataset
from core.errors import LayerlabError
from core.message import say
from core.runs import versions
from core.runs.projects import ImagesChangedError
from ui import screen, session
from ui.markdown import plain
from ui.text import _, translate

_REFUSED = "image_edits_refused"
_EVERYWHERE = ""


def show_refusal(place: str = _EVERYWHERE, *, is_to_stay: bool = False) -> None:
    """Says why the last change was not made: at the ``place`` that it was asked for at, or at the top of the screen
    where the images are other ones by now. It is said once, or once more if ``is_to_stay``."""
    refused_at, message = st.session_state.get(_REFUSED, (None, None))
    if message is None or refused_at != place:
        return
    if not is_to_stay:
        del st.session_state[_REFUSED]
    st.error(plain(translate(message)), icon=":material/error:")


def choose_class(dataset: Dataset, label: str, *, key: str) -> str | None:
    """Draws the choice of a class of ``dataset``, or of a new one; None as long as none is chosen."""
    return st.selectbox(
        label,
        dataset.class_names,
        index=None,
        placeholder=_("Choose a class, or type a new one"),
        accept_new_options=True,
        label_visibility="collapsed",
        width=280,
        key=key,
    )


def button(title: str, icon: str, key: str, dataset: Dataset, place: str, edit: Edit | None) -> None:
    """``edit`` is what it does to ``dataset``; None as long as the label is still to be chosen. A refusal is told at
    ``place``, by `show_refusal`."""
    st.button(
        title,
        key=key,
        icon=f":material/{icon}:",
        disabled=edit is None,
        on_click=_apply,
        args=(dataset.id, place, edit),
    )


def _apply(dataset_id: str, place: str, edit: Edit) -> None:
    try:
        versions.apply(session.database(), session.workspace(), session.project().id, edit, dataset_id)
    except ImagesChangedError as error:
        st.session_state[_REFUSED] = (_EVERYWHERE, error.message)
    except LayerlabError as error:
        st.session_state[_REFUSED] = (place, error.message)
    else:
        screen.fresh(say("Done: {change}.", change=edit.message))
