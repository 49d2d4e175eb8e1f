"""Which images of a finding, or of another place, are chosen to be removed or given another label.

Another dataset begins with none.
"""

from collections.abc import Collection

import streamlit as st

from core.dataset.store import Dataset
from core.quality.finding import Finding
from ui.quality_kinds import OF_COPIES
from ui.text import _, ngettext

_CHOSEN = "quality_choice"


def chosen(dataset: Dataset, kind: str) -> frozenset[int]:
    """The positions of the images that are chosen at that kind of finding, or at a place of another name."""
    dataset_id, choices = st.session_state.get(_CHOSEN, ("", {}))
    return frozenset(choices.get(kind, ()) if dataset_id == dataset.id else ())


def box(dataset: Dataset, kind: str, position: int, label: str, *, is_chosen: bool) -> None:
    """Draws the checkbox of an image, ``label`` in Markdown."""
    key = f"quality_choice_{kind}_{position}"
    st.session_state[key] = is_chosen  # at each run: buttons choose, too, and a page that was turned has forgotten it
    st.checkbox(label, key=key, on_change=_toggle, args=(dataset.id, kind, position, key))


def show_buttons(dataset: Dataset, finding: Finding) -> None:
    """Draws what chooses many images at once, also on the pages that are not in sight, and how many are chosen."""
    first_stays = [position for group in finding.groups for position in group[1:]]
    count = len(chosen(dataset, finding.kind))
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        if finding.kind in OF_COPIES:
            _button(_("All but the first of each group"), "others", dataset, finding, first_stays)
        _button(_("All"), "all", dataset, finding, finding.positions)
        _button(_("None"), "none", dataset, finding, (), disabled=not count)
        st.caption(_amount(count, len(finding.positions)), width="content")


def _amount(count: int, total: int) -> str:
    sentence = ngettext("{count:,} of {total:,} image chosen", "{count:,} of {total:,} images chosen", total)
    return sentence.format(count=count, total=total)


def _button(
    title: str, name: str, dataset: Dataset, finding: Finding, positions: Collection[int], *, disabled: bool = False
) -> None:
    st.button(
        title,
        key=f"quality_choice_{name}_{finding.kind}",
        disabled=disabled,
        on_click=_choose,
        args=(dataset.id, finding.kind, positions),
    )


def _toggle(dataset_id: str, kind: str, position: int, key: str) -> None:
    known, choices = st.session_state.get(_CHOSEN, ("", {}))
    before = set(choices.get(kind, ())) if known == dataset_id else set()
    _choose(dataset_id, kind, before | {position} if st.session_state[key] else before - {position})


def _choose(dataset_id: str, kind: str, positions: Collection[int]) -> None:
    known, choices = st.session_state.get(_CHOSEN, ("", {}))
    kept = choices if known == dataset_id else {}
    st.session_state[_CHOSEN] = (dataset_id, kept | {kind: tuple(sorted(positions))})
