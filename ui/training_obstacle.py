"""What forbids training the draft as it stands, and the way to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.message import Message
from core.problem import Problem
from ui import session
from ui.text import _, translate

LAYERS, TRAINING, SPLIT = "pages/model/layers.py", "pages/model/training.py", "pages/data/split.py"


@dataclass(frozen=True)
class Obstacle:
    """The sentence, and the screen where it is mended."""

    message: Message
    page: str


def obstacle(split_problems: Sequence[Problem]) -> Obstacle | None:
    """The first problem that forbids training, of those of the split and of the draft; None where there is none."""
    placed = [(problem, SPLIT) for problem in split_problems]
    placed += [(each, _page_of(each)) for each in session.problems()]
    return next((Obstacle(each.message, page) for each, page in placed if each.forbids_training), None)


def show(found: Obstacle) -> None:
    """Draws the sentence and the way to the screen."""
    labels = {
        LAYERS: _("Mend it at the layers"),
        TRAINING: _("Mend it at the training"),
        SPLIT: _("Mend it at the split"),
    }
    st.warning(translate(found.message), icon=":material/warning:")
    st.page_link(found.page, label=labels[found.page], icon=":material/build:")


def _page_of(problem: Problem) -> str:
    """A problem of no layer that another training mends is one of the training."""
    return TRAINING if problem.place is None and any(fix.training for fix in problem.fixes) else LAYERS
