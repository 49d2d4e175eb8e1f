"""The ways in which images come into a project, to choose from; each says what it expects."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from core.dataset.store import Dataset
from core.message import mark
from ui.text import _
from ui.ways_in import camera, folder, labels_table, one_class, public_sets, samples, server_folder, zip_archive

_LIST_PIXELS = 190


def _always(_base: Dataset | None) -> bool:
    return True


def _has_classes(base: Dataset | None) -> bool:
    return base is None or not base.predicts_numbers


def _is_beginning(base: Dataset | None) -> bool:
    return base is None


def _server_is_open(_base: Dataset | None) -> bool:
    return server_folder.is_open()


@dataclass(frozen=True)
class _Way:
    """``title`` is in English, to be translated. ``is_offered`` tells whether it can be taken to add images to a
    dataset, or to begin with."""

    title: str
    icon: str
    show: Callable[[Dataset | None], None]
    is_offered: Callable[[Dataset | None], bool] = _always


_WAYS: Mapping[str, _Way] = {
    "zip": _Way(mark("Zip archive"), "folder_zip", zip_archive.show),
    "folder": _Way(mark("Folder"), "folder_open", folder.show),
    "classes": _Way(mark("One class at a time"), "create_new_folder", one_class.show, _has_classes),
    "table": _Way(mark("Table of labels"), "table", labels_table.show),
    "camera": _Way(mark("Camera"), "photo_camera", camera.show, _has_classes),
    "server": _Way(mark("Folder on the server"), "dns", server_folder.show, _server_is_open),
    "sample": _Way(mark("Sample set"), "auto_awesome_mosaic", samples.show, _is_beginning),
    "public": _Way(mark("Public set"), "public", public_sets.show, _is_beginning),
}


def show(base: Dataset | None = None) -> None:
    """Draws the list of ways and the one that was chosen. A choice begins an intake for the open project and runs the
    screen anew. With ``base``, the images are added to those of that dataset."""
    offered = [name for name, way in _WAYS.items() if way.is_offered(base)]
    with st.container(horizontal=True, gap="medium"):
        with st.container(width=_LIST_PIXELS):
            chosen = st.radio(
                _("Where the images come from"),
                offered,
                format_func=lambda name: f":material/{_WAYS[name].icon}: {_(_WAYS[name].title)}",
                key="upload_panel_way",
                label_visibility="collapsed",
            )
        with st.container(border=True, key="upload_panel_expects"):
            _WAYS[chosen or offered[0]].show(base)
