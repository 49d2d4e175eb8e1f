"""What people say of the chosen runs: tags, a note, and that they are put away."""

from collections.abc import Mapping, Sequence
from zlib import crc32

import pandas as pd
import streamlit as st

from core.errors import LayerlabError
from core.runs import run_notes
from core.runs.overview import Overview
from ui import run_trouble, session
from ui.text import _, ngettext


def show(table: Overview, chosen: Sequence[str]) -> None:
    """Draws the form for one or more ``chosen`` runs behind one click, and the button that puts them away."""
    of_chosen = table.runs.loc[list(chosen)]
    with st.popover(_("Tags and note"), key="labelling", icon=":material/sell:"):
        _show_form(table, of_chosen)
    is_archived = bool(of_chosen["is_archived"].all())
    count = len(chosen)
    st.button(
        ngettext("Take out of the archive", "Take {count:,} out of the archive", count).format(count=count)
        if is_archived
        else ngettext("Archive", "Archive {count:,}", count).format(count=count),
        key="labelling_archive",
        icon=":material/unarchive:" if is_archived else ":material/archive:",
        help=_("An archived run is left out of this table until it is asked for. Nothing of it is deleted."),
        on_click=_archive,
        args=(tuple(chosen), not is_archived),
    )


def _show_form(table: Overview, of_chosen: pd.DataFrame) -> None:
    """Tags are those that all of them have; the note is that of a single one."""
    known = sorted({tag for tags in table.runs["tags"] for tag in tags})
    common = frozenset.intersection(*map(frozenset, of_chosen["tags"]))
    name = crc32(" ".join(of_chosen.index).encode())
    tags_key, note_key = f"labelling_tags_{name}", f"labelling_note_{name}"
    is_one = len(of_chosen) == 1
    st.multiselect(
        _("Tags"),
        known,
        default=sorted(common),
        key=tags_key,
        accept_new_options=True,
        placeholder=_("Choose or type one"),
        help=None if is_one else _("Tags that all chosen runs have. Others of single runs stay."),
    )
    if is_one:
        st.text_area(_("Note"), of_chosen["note"].iloc[0], key=note_key, max_chars=run_notes.LONGEST_NOTE)
    st.button(
        _("Keep"),
        key="labelling_keep",
        type="primary",
        on_click=_keep,
        args=(of_chosen["tags"].to_dict(), common, tags_key, note_key if is_one else None),
    )


def _keep(tags: Mapping[str, Sequence[str]], common: frozenset[str], tags_key: str, note_key: str | None) -> None:
    """The ``common`` tags become those in the form; a run's ``tags`` besides them stay."""
    database = session.database()
    try:
        for run_id, of_run in tags.items():
            own = [tag for tag in of_run if tag not in common]
            run_notes.set_tags(database, run_id, [*own, *st.session_state[tags_key]])
            if note_key is not None:
                run_notes.set_note(database, run_id, st.session_state[note_key])
    except LayerlabError as error:
        run_trouble.keep(error)


def _archive(run_ids: Sequence[str], is_archived: bool) -> None:
    try:
        for run_id in run_ids:
            run_notes.archive(session.database(), run_id, is_archived=is_archived)
    except LayerlabError as error:
        run_trouble.keep(error)
