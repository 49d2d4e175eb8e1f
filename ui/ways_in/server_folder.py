"""A folder on the computer that Layerlab runs on, below the one that its keeper has opened."""

import os
from pathlib import Path

import streamlit as st

from core.dataset.sources.server_folder import IMPORT_ROOT, ServerFolder, folder_below, import_root, subfolders
from core.dataset.store import Dataset
from core.errors import LayerlabError
from ui import screen
from ui.markdown import plain
from ui.numbers import number
from ui.text import _, ngettext
from ui.ways_in import taking_in

_PATH = "server_folder_path"


def is_open() -> bool:
    """Whether a folder of this server is open for images."""
    return bool(os.environ.get(IMPORT_ROOT, "").strip())


def show(base: Dataset | None) -> None:
    """Draws the folder that one is in, with those below it to step into, and the button that takes it in."""
    st.caption(
        _(
            "A folder of this server, with one folder of images per class or a table of labels. It is read where it is "
            "and stays as it is: nothing is sent over the network."
        )
    )
    path = st.session_state.get(_PATH, "")
    try:
        root = import_root()
        place = folder_below(root, path)
        folders = subfolders(root, path)
    except LayerlabError as error:
        screen.explain(error)
        st.session_state.pop(_PATH, None)
        return
    _show_place(root, path)
    _offer_folders(path, folders)
    if st.button(_("Take in this folder"), key="server_folder_take", type="primary", icon=":material/drive_file_move:"):
        taking_in.begin(str(place), place.name, base)


def _show_place(root: Path, path: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            ":material/arrow_upward:",
            key="server_folder_up",
            help=_("One folder up"),
            disabled=not path,
            on_click=_go,
            args=(path.rpartition("/")[0],),
        )
        st.markdown(f":material/folder_open: **{plain(' / '.join([root.name, *filter(None, path.split('/'))]))}**")


def _offer_folders(path: str, folders: list[ServerFolder]) -> None:
    if not folders:
        st.caption(_("There are no folders in this one."))
        return
    key = f"server_folder_below_{path}"
    titles = {folder.path: _title(folder) for folder in folders}
    st.selectbox(
        _("Folders in it"),
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder=_("Step into a folder"),
        key=key,
        on_change=_step_into,
        args=(key,),
    )


def _title(folder: ServerFolder) -> str:
    files = ngettext("{count} file", "{count} files", folder.files).format(count=_count(folder.files, folder.is_more))
    inside = ngettext("{count} folder", "{count} folders", folder.folders).format(count=number(folder.folders))
    return f"{folder.name} · {', '.join([files, inside] if folder.folders else [files])}"


def _count(count: int, is_more: bool) -> str:
    return f"{count:,}+" if is_more else number(count)


def _step_into(key: str) -> None:
    _go(st.session_state[key] or "")


def _go(path: str) -> None:
    st.session_state[_PATH] = path
