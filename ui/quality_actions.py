"""What can be done with the chosen images of a finding: each makes a new version of the images, which can be undone.

A change is made of the dataset that the person sees, and refused where another tab has changed the images meanwhile.
"""

from collections.abc import Collection

import streamlit as st

from core.dataset.editing import Edit, Relabel, RemoveImages, SetValue
from core.dataset.store import Dataset
from core.errors import LayerlabError
from core.message import say
from core.runs import versions
from core.runs.projects import ImagesChangedError
from ui import screen, session
from ui.markdown import plain
from ui.text import _, translate

_REFUSED = "quality_actions_refused"
_EVERYWHERE = ""


def show_refusal(kind: str = _EVERYWHERE, *, is_to_stay: bool = False) -> None:
    """Says why the last change was not made: below the finding it was asked for at, or at the top of the screen where
    the images are other ones by now. It is said once, or once more if ``is_to_stay``."""
    refused_at, message = st.session_state.get(_REFUSED, (None, None))
    if message is None or refused_at != kind:
        return
    if not is_to_stay:
        del st.session_state[_REFUSED]
    st.error(plain(translate(message)), icon=":material/error:")


def show(dataset: Dataset, kind: str, positions: Collection[int]) -> None:
    """Draws the changes of the images at ``positions``, which were chosen at that kind of finding."""
    if not positions:
        st.caption(_("Choose images to remove them or to give them another label."))
        return
    paths = tuple(dataset.images["path"].iloc[sorted(positions)])
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _show_removal(dataset, kind, paths)
        if dataset.predicts_numbers:
            _show_number(dataset, kind, paths)
        else:
            _show_class(dataset, kind, paths)
    show_refusal(kind)


def _show_removal(dataset: Dataset, kind: str, paths: tuple[str, ...]) -> None:
    _button(_("Remove chosen"), "delete", f"quality_actions_remove_{kind}", dataset, kind, RemoveImages(paths))


def _show_class(dataset: Dataset, kind: str, paths: tuple[str, ...]) -> None:
    class_name = st.selectbox(
        _("Class for the chosen images"),
        dataset.class_names,
        index=None,
        placeholder=_("Choose a class, or type a new one"),
        accept_new_options=True,
        label_visibility="collapsed",
        width=280,
        key=f"quality_actions_class_{kind}_{dataset.id}",
    )
    edit = Relabel(paths, class_name) if class_name else None
    _button(_("Relabel chosen"), "label", f"quality_actions_relabel_{kind}", dataset, kind, edit)


def _show_number(dataset: Dataset, kind: str, paths: tuple[str, ...]) -> None:
    value = st.number_input(
        _("Number for the chosen images"),
        value=None,
        placeholder=_("Number for the chosen images"),
        format="%g",
        label_visibility="collapsed",
        width=280,
        key=f"quality_actions_value_{kind}_{dataset.id}",
    )
    edit = SetValue(paths, value) if value is not None else None
    _button(_("Give the chosen this number"), "label", f"quality_actions_set_{kind}", dataset, kind, edit)


def _button(title: str, icon: str, key: str, dataset: Dataset, kind: str, edit: Edit | None) -> None:
    """``edit`` is what it does; None as long as the label is still to be chosen."""
    st.button(
        title,
        key=key,
        icon=f":material/{icon}:",
        disabled=edit is None,
        on_click=_apply,
        args=(dataset.id, kind, edit),
    )


def _apply(dataset_id: str, kind: str, edit: Edit) -> None:
    try:
        versions.apply(session.database(), session.workspace(), session.project().id, edit, dataset_id)
    except ImagesChangedError as error:
        st.session_state[_REFUSED] = (_EVERYWHERE, error.message)
    except LayerlabError as error:
        st.session_state[_REFUSED] = (kind, error.message)
    else:
        screen.fresh(say("Done: {change}.", change=edit.message))
