"""Where images come in: a zip archive, a folder, or a sample set. What is chosen is taken in at once, in the
background."""

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from core.dataset.sources import SAMPLES
from core.runs import intakes
from ui import session, start_cards, uploads
from ui.text import _

_TAKEN = "upload_panel_taken"


def show() -> None:
    """Draws the three ways in. A choice begins an intake for the open project and runs the screen anew."""
    ways = {
        "zip": (_("Zip archive"), ":material/folder_zip:", _zip),
        "folder": (_("Folder"), ":material/folder_open:", _folder),
        "sample": (_("Sample set"), ":material/auto_awesome_mosaic:", _sample),
    }
    way = st.segmented_control(
        _("Where the images come from"),
        list(ways),
        format_func=lambda name: f"{ways[name][1]} {ways[name][0]}",
        default="zip",
        required=True,
        key="upload_panel_way",
        label_visibility="collapsed",
    )
    ways[way][2]()


def _zip() -> None:
    upload = st.file_uploader(
        _("A zip archive with one folder of images per class"), type="zip", key="upload_panel_zip"
    )
    _explain_folders()
    if upload is not None and _is_new([upload.file_id]):
        _spool_and_start(lambda: uploads.spool_zip(upload, session.workspace()), Path(upload.name).stem)


def _folder() -> None:
    files = st.file_uploader(
        _("A folder with one folder of images per class"), accept_multiple_files="directory", key="upload_panel_folder"
    )
    _explain_folders()
    if files and _is_new([file.file_id for file in files]):
        name = uploads.folder_name([file.name for file in files], _("Images"))
        _spool_and_start(lambda: uploads.spool_folder(files, session.workspace()), name)


def _sample() -> None:
    sample = start_cards.show("upload_panel_sample", with_own=False)
    if sample is not None:
        _start(sample, _(SAMPLES[sample].title))


def _explain_folders() -> None:
    st.caption(
        _(
            "The folder that an image lies in is its class: `pets/cats/001.jpg` is one of the class cats. PNG, "
            "JPEG, GIF, BMP, "
            "WebP and TIFF are read. Whatever cannot be used is listed with its reason, and nothing leaves this "
            "computer."
        )
    )


def _is_new(file_ids: Sequence[str]) -> bool:
    """Whether these files were not handed over before: an uploader gives its files again at every run."""
    taken, st.session_state[_TAKEN] = st.session_state.get(_TAKEN), list(file_ids)
    return taken != list(file_ids)


def _spool_and_start(spool: Callable[[], Path], name: str) -> None:
    with st.spinner(_("Writing the upload to the disk …")):
        path = spool()
    _start(str(path), name)


def _start(source: str, name: str) -> None:
    intakes.start(session.database(), session.workspace(), session.project().id, source, name)
    st.rerun()
