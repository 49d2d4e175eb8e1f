"""A table that names files and says what each shows, with its images: a class, or a number to predict."""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import streamlit as st

from core.dataset.sources import FoundLabels, find_labels
from core.dataset.sources.labels_table import is_table
from core.dataset.store import Dataset
from core.errors import LayerlabError
from core.runs import intakes
from ui import label_columns_form, screen, session, uploads
from ui.text import _
from ui.ways_in import taking_in

_SPOOLED = "labels_table_spooled"


def show(base: Dataset | None) -> None:
    """Draws where the files are dropped; then what the table says, to be looked over before it is taken in."""
    spooled = st.session_state.get(_SPOOLED, {}).get(session.project().id)
    if spooled is None:
        _receive()
    else:
        _look_over(Path(spooled[0]), spooled[1], base)


def _receive() -> None:
    files = st.file_uploader(
        _("A table (CSV or TSV) and the images that it names"), accept_multiple_files=True, key="labels_table_files"
    )
    st.caption(
        _(
            "A row per image: one column names the file, another one says its class or the number to predict. The "
            "images come as files, or as one zip archive, which may hold the table too."
        )
    )
    taking_in.explain_formats()
    sentence = _missing([file.name for file in files])
    if sentence is not None:
        st.caption(f":material/info: {sentence}")
        return
    if st.button(_("Look at the table"), key="labels_table_look", type="primary", disabled=not files):
        path = taking_in.spooled(lambda: uploads.spool_labelled(files, session.workspace()))
        table = next((file.name for file in files if is_table(file.name)), files[0].name)
        _keep((str(path), PurePosixPath(table).stem))
        st.rerun()


def _missing(names: Sequence[str]) -> str | None:
    """What is to be added or taken away before the files can be used; None if nothing, or nothing is there yet."""
    tables = sum(map(is_table, names))
    archives = sum(map(uploads.is_archive, names))
    images = len(names) - tables - archives
    if tables > 1:
        return _("There are {count} tables. Leave one.").format(count=tables)
    if archives > 1 or (archives and images):
        return _("The images can come as files or as one zip archive. Leave one of these.")
    if tables and not (archives or images):
        return _("Now add the images, or a zip archive of them.")
    if images and not tables:
        return _("Now add the table that names these images.")
    return None


def _look_over(path: Path, name: str, base: Dataset | None) -> None:
    found = _read(path)
    source = label_columns_form.show(path, found) if found else None
    with st.container(horizontal=True):
        if found and st.button(
            _("Take in the images"), key="labels_table_take", type="primary", disabled=source is None
        ):
            taking_in.begin(source or "", name, base, when_begun=lambda: _keep(None))
        st.button(_("Choose other files"), key="labels_table_other", on_click=_discard, args=(path,))


def _read(path: Path) -> FoundLabels | None:
    """The table, or None after a sentence that says what is wrong."""
    try:
        found = _found(path)
    except LayerlabError as error:
        screen.explain(error)
        return None
    if found is None:
        sentence = _("No table among these files names the others. Choose a table that does.")
        st.error(sentence, icon=":material/error:")
    return found


def _discard(path: Path) -> None:
    intakes.discard_upload(str(path.parent))
    _keep(None)


def _keep(spooled: tuple[str, str] | None) -> None:
    """Remembers the files that were spooled for the open project, and what their dataset will be called."""
    st.session_state[_SPOOLED] = st.session_state.get(_SPOOLED, {}) | {session.project().id: spooled}


@st.cache_resource(max_entries=4, show_spinner=False)
def _found(path: Path) -> FoundLabels | None:
    return find_labels(path)
