"""What all ways in have in common: beginning to take in what a person has chosen, in the background."""

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from core.dataset.store import Dataset
from core.errors import LayerlabError
from core.runs import intakes
from ui import screen, session
from ui.text import _

_TAKEN = "taking_in_taken"


def begin(
    source: str,
    name: str,
    base: Dataset | None,
    into_class: str | None = None,
    when_begun: Callable[[], None] | None = None,
) -> None:
    """Begins an intake for the open project and runs the screen anew; says why where it cannot begin.

    With ``base`` the images are added to those of that dataset, else they are the project's from then on. Where it
    cannot begin, an upload is deleted, since the browser still has it; whoever gives ``when_begun`` keeps it.
    """
    try:
        intakes.start(
            session.database(),
            session.workspace(),
            session.project().id,
            source,
            name,
            base_id=None if base is None else base.id,
            into_class=into_class,
        )
    except LayerlabError as error:
        st.session_state.pop(_TAKEN, None)
        if when_begun is None:
            intakes.give_up_upload(intakes.upload_folder(session.workspace(), source))
        screen.explain(error)
        return
    if when_begun is not None:
        when_begun()
    st.rerun()


def spooled(spool: Callable[[], Path]) -> Path:
    """Where ``spool`` has written an upload to; says what is going on meanwhile."""
    with st.spinner(_("Writing the upload to the disk …")):
        return spool()


def is_new(file_ids: Sequence[str]) -> bool:
    """Whether these files were not handed over before: an uploader gives its files again at every run."""
    taken, st.session_state[_TAKEN] = st.session_state.get(_TAKEN), list(file_ids)
    return taken != list(file_ids)


def explain_formats() -> None:
    """Says which files are read, and that nothing leaves this computer."""
    st.caption(
        _(
            "PNG, JPEG, GIF, BMP, WebP and TIFF are read. Whatever cannot be used is listed with its reason, and "
            "nothing leaves this computer."
        )
    )
