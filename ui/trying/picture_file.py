"""The picture in a file that came from the browser."""

import streamlit as st
from PIL import Image

from core.errors import LayerlabError
from core.evaluation.trying.trial import opened
from ui.markdown import plain
from ui.text import _, translate


def open_or_explain(data: bytes, name: str) -> Image.Image | None:
    """The picture in ``data``; where it cannot be used, None, and the screen says why."""
    try:
        return opened(data, name)
    except LayerlabError as error:
        reason = plain(translate(error.message))
        st.error(_("{name}: {reason}").format(name=plain(name), reason=reason), icon=":material/error:")
        return None
