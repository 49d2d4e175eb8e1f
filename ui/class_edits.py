"""Renaming, merging and removing classes. Each change makes a new version of the images, which can be undone.

The keys have the dataset's id in them, so that a new version begins with a closed and empty form.
"""

from collections.abc import Callable, Mapping

import streamlit as st

from core.dataset.editing import Edit, MergeClasses, RemoveClass, RenameClass
from core.dataset.editing.class_name import LONGEST_CLASS_NAME
from core.dataset.store import Dataset
from core.dataset.summary import counts
from core.errors import LayerlabError
from core.message import say
from core.runs import versions
from ui import screen, session
from ui.data_line import image_count
from ui.text import _, ngettext, translate


@st.fragment
def show(dataset: Dataset, runs: int) -> None:
    """Draws the button behind which the changes are chosen. ``runs`` is how many runs the project has."""
    with st.popover(_("Change the classes"), icon=":material/edit:", key=f"class_edits_{dataset.id}"):
        _choose(dataset, runs)


def _choose(dataset: Dataset, runs: int) -> None:
    kinds: Mapping[str, tuple[str, Callable[[Dataset], Edit | None]]] = {
        "rename": (_("Rename"), _rename),
        "merge": (_("Merge"), _merge),
        "remove": (_("Remove"), _remove),
    }
    kind = st.segmented_control(
        _("What to do"),
        list(kinds),
        format_func=lambda name: kinds[name][0],
        default="rename",
        required=True,
        key=f"class_edits_kind_{dataset.id}",
        label_visibility="collapsed",
    )
    title, form = kinds[kind]
    edit = form(dataset)
    st.caption(_note(runs))
    if st.button(title, key="class_edits_apply", type="primary", disabled=edit is None) and edit is not None:
        _apply(edit, dataset)


def _rename(dataset: Dataset) -> Edit | None:
    old = st.selectbox(_("Class"), dataset.class_names, key=f"class_edits_old_{dataset.id}")
    new = st.text_input(_("New name"), max_chars=LONGEST_CLASS_NAME, key=f"class_edits_new_{dataset.id}")
    return RenameClass(old, new) if new else None


def _merge(dataset: Dataset) -> Edit | None:
    names = st.multiselect(
        _("Classes that become one"),
        dataset.class_names,
        key=f"class_edits_names_{dataset.id}",
        placeholder=_("Choose two or more"),
    )
    into = st.text_input(
        _("Name of the class that they become"),
        max_chars=LONGEST_CLASS_NAME,
        placeholder=names[0] if names else None,
        key=f"class_edits_into_{dataset.id}",
    )
    return MergeClasses(tuple(names), into or names[0]) if names else None


def _remove(dataset: Dataset) -> Edit | None:
    table = counts(dataset).set_index("class_name")["images"]
    name = st.selectbox(_("Class"), dataset.class_names, key=f"class_edits_removed_{dataset.id}")
    images = translate(image_count(int(table[name])))
    st.markdown(_("Its {images} are removed with it.").format(images=images))
    return RemoveClass(name)


def _note(runs: int) -> str:
    if not runs:
        return _("It makes a new version of the images, and can be undone.")
    return ngettext(
        "It makes a new version of the images, and can be undone. The run that was trained keeps the version that it "
        "used.",
        "It makes a new version of the images, and can be undone. The {count:,} runs keep the versions that they used.",
        runs,
    ).format(count=runs)


def _apply(edit: Edit, dataset: Dataset) -> None:
    try:
        with st.spinner(_("Making a new version of the images …")):
            versions.apply(session.database(), session.workspace(), session.project().id, edit, dataset.id)
    except LayerlabError as error:
        screen.explain(error)
        return
    screen.fresh(say("Done: {change}.", change=edit.message))
    st.rerun()
