"""A zip archive with one folder of images per class. It is taken in at once."""

from pathlib import Path

import streamlit as st

from core.dataset.store import Dataset
from ui import session, uploads
from ui.text import _
from ui.ways_in import taking_in


def show(base: Dataset | None) -> None:
    """Draws where the archive is dropped."""
    upload = st.file_uploader(
        _("A zip archive with one folder of images per class"), type="zip", key="upload_panel_zip"
    )
    st.caption(
        _(
            "The folder that an image lies in is its class: `pets/cats/001.jpg` is one of the class cats. A table of "
            "labels in the archive is read too, and so are folders called train, validation and test."
        )
    )
    taking_in.explain_formats()
    if upload is not None and taking_in.is_new([upload.file_id]):
        path = taking_in.spooled(lambda: uploads.spool_zip(upload, session.workspace()))
        taking_in.begin(str(path), Path(upload.name).stem, base)
