"""The images of a finding, page by page: those of a group side by side, each with what is known of it and a box to
choose it."""

from pathlib import PurePosixPath

import streamlit as st

from core.dataset.store import Dataset, pixels
from core.quality.finding import Finding
from ui import image_wall, quality_choice
from ui.image_titles import titles
from ui.markdown import plain
from ui.numbers import quantity
from ui.quality_kinds import OF_COPIES
from ui.quality_pages import Piece, pages
from ui.text import _, ngettext

PER_PAGE = 12
_SIDE = 112
_WIDTH = 132  # of an image with its words
_LONGEST_NAME = 13
_BESIDE = 4  # so many images of one group are drawn in a row of their own width

_WITHOUT_FIGURES = frozenset({"label_conflicts", "exact_duplicates"})
"""What they measure, the label and the number of copies, is said anyway."""


def show(dataset: Dataset, finding: Finding) -> None:
    """Draws a page of them, and the way to the others."""
    dealt = pages(finding.groups, PER_PAGE)
    key = f"quality_images_page_{finding.kind}"
    page = min(st.session_state.get(key) or 1, len(dealt))
    chosen = quality_choice.chosen(dataset, finding.kind)
    with st.container(horizontal=True, gap="small", key=f"quality_images_{finding.kind}"):
        for piece in dealt[page - 1]:
            _show_piece(dataset, finding, piece, chosen)
    if len(dealt) > 1:
        st.pagination(len(dealt), key=key)


def figures_line(finding: Finding) -> str:
    """What the number at each image is, and the limit; empty where there is none."""
    if finding.threshold is None or finding.kind in _WITHOUT_FIGURES:
        return ""
    return _("the number at each is its {figure}; the limit is {limit}").format(
        figure=_(finding.figure), limit=quantity(finding.threshold)
    )


def _show_piece(dataset: Dataset, finding: Finding, piece: Piece, chosen: frozenset[int]) -> None:
    if finding.kind not in OF_COPIES:
        _show_images(dataset, finding, piece, chosen)
        return
    count = piece.end - piece.begin
    with st.container(border=True, gap="xsmall", width="stretch" if count > _BESIDE else count * (_WIDTH + 8) + 40):
        st.caption(_group_title(piece, len(finding.groups[piece.group])))
        with st.container(horizontal=True, gap="xsmall"):
            _show_images(dataset, finding, piece, chosen)


def _group_title(piece: Piece, images: int) -> str:
    title = ngettext("Group {number:,} · {count:,} image", "Group {number:,} · {count:,} images", images).format(
        number=piece.group + 1, count=images
    )
    if piece.end - piece.begin == images:
        return title
    return _("{group}, {first:,} to {last:,}").format(group=title, first=piece.begin + 1, last=piece.end)


def _show_images(dataset: Dataset, finding: Finding, piece: Piece, chosen: frozenset[int]) -> None:
    shown = slice(piece.begin, piece.end)
    positions = finding.groups[piece.group][shown]
    names = titles(dataset, positions)
    images, paths = pixels(dataset, dataset.image_size), dataset.images["path"]
    for position, name, figure in zip(positions, names, finding.figures[piece.group][shown], strict=True):
        path = paths.iloc[position]
        with st.container(width=_WIDTH, gap="xxsmall"):
            image_wall.show([images[position]], side=_SIDE, alts=[path])
            quality_choice.box(dataset, finding.kind, position, plain(short_name(path)), is_chosen=position in chosen)
            figures = [] if finding.kind in _WITHOUT_FIGURES else [quantity(figure)]
            st.caption(" · ".join([plain(name), *figures]))


def short_name(path: str) -> str:
    """The name of the file in few letters, its end kept: files of one series differ there."""
    name = PurePosixPath(path).name
    return name if len(name) <= _LONGEST_NAME else f"{name[:4]}…{name[5 - _LONGEST_NAME :]}"
