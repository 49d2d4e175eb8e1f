"""The images that a net had wrong after one epoch, and those that it had learned since the kept epoch before."""

import pandas as pd
import streamlit as st

from core.dataset.store import Dataset, pixels
from core.evaluation import Evaluation
from core.evaluation.inside.epochs import Changes, changes
from ui import image_wall
from ui.judging.cases.case_texts import description, title
from ui.numbers import percent
from ui.text import _, ngettext

MOST = 12
_SIDE = 72


def show(judged: Evaluation, before: Evaluation | None, dataset: Dataset) -> None:
    """Draws the first mistakes of ``judged``, which is after one epoch, and what changed since ``before``, which is
    after the epoch that was kept before it."""
    changed = None if before is None else changes(before, judged)
    st.markdown(sentence(judged, changed))
    new = frozenset() if changed is None else frozenset(changed.unlearned["row"])
    _show_wall(judged.mistakes(), judged, dataset, new)
    if changed is not None and len(changed.learned):
        title = _("Learned since the kept epoch before")
        st.markdown(f"**{title}**")
        _show_wall(changed.learned, judged, dataset, frozenset())


def sentence(judged: Evaluation, changed: Changes | None) -> str:
    """How many are wrong and how many changed since the kept epoch before; in Markdown."""
    wrong = judged.images - judged.right
    text = ngettext("**{count:,}** image is wrong.", "**{count:,}** images are wrong.", wrong).format(count=wrong)
    if changed is None:
        return text
    compared = _("Since the kept epoch before, **{learned:,}** were learned and **{unlearned:,}** unlearned.")
    return f"{text} {compared.format(learned=len(changed.learned), unlearned=len(changed.unlearned))}"


def _show_wall(rows: pd.DataFrame, judged: Evaluation, dataset: Dataset, new: frozenset[int]) -> None:
    """``new`` are the images that were right before."""
    images, names = pixels(dataset, dataset.image_size), judged.class_names
    cases = list(rows.head(MOST).itertuples())
    image_wall.show(
        [images[case.row] for case in cases],
        side=_SIDE,
        alts=[description(case, names) for case in cases],
        captions=[_caption(case, judged, is_new=case.row in new) for case in cases],
    )
    if len(rows) > MOST:
        st.caption(_("The first {shown:,} of {images:,}.").format(shown=MOST, images=len(rows)))


def _caption(case, judged: Evaluation, *, is_new: bool) -> str:
    text = f"{title(case, judged.class_names)} · {percent(case.confidence, 0)}"
    new = _("new")
    return f"{text}  \n{new}" if is_new else text
