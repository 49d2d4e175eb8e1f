"""A folder with one folder of images per class. It is taken in at once."""

import streamlit as st

from core.dataset.store import Dataset
from ui import session, uploads
from ui.text import _
from ui.ways_in import taking_in


def show(base: Dataset | None) -> None:
    """Draws where the folder is dropped."""
    files = st.file_uploader(
        _("A folder with one folder of images per class"), accept_multiple_files="directory", key="upload_panel_folder"
    )
    st.caption(
        _(
            "The folder that an image lies in is its class: `pets/cats/001.jpg` is one of the class cats. With many "
            "thousand images, a zip archive comes across faster."
        )
    )
    taking_in.explain_formats()
    if files and taking_in.is_new([file.file_id for file in files]):
        name = uploads.folder_name([file.name for file in files], _("Images"))
        path = taking_in.spooled(lambda: uploads.spool_folder(files, session.workspace()))
        taking_in.begin(str(path), name, base)
