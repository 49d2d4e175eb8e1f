"""A drawing, on paper like that of the training images; the answer follows each stroke."""

import streamlit as st
from PIL import Image

from core.evaluation.trying.drawing import Misfit, Style
from core.evaluation.trying.trial import Trial
from core.message import mark
from core.runs.run import Run
from ui.drawing_pad import pad
from ui.text import _
from ui.trying import answer, training_images
from ui.trying.answer import Asked
from ui.trying.picture_file import open_or_explain

_FIT = "try_drawing_fit"
_MISFITS = {
    (Misfit.SMALL,): mark("The drawing is much smaller than what is in the training images."),
    (Misfit.OFF_CENTRE,): mark("The drawing is far from the middle; what is in the training images is not."),
    (Misfit.SMALL, Misfit.OFF_CENTRE): mark(
        "The drawing is much smaller than what is in the training images, and far from the middle."
    ),
}


@st.fragment
def show(trial: Trial) -> None:
    """Draws the paper, and what the net answers for what is drawn."""
    style = _style(trial.run)
    halves = st.grid(2, min_column_width=320, gap="medium")
    with halves.cell():
        file = pad.show(trial.run.recipe.image, style.paper, style.ink)
        is_fitted = st.toggle(
            _("Centre and fit the drawing"),
            value=style.has_margin,
            key=_FIT,
            help=_(
                "Moves and scales the drawing as if you had drawn it in the middle, as large as what is in the "
                "training images. A net that has only seen centred images has not learned to look elsewhere."
            ),
        )
    with halves.cell():
        picture = None if file is None else open_or_explain(file, _("Your drawing"))
        if picture is None:
            st.caption(_("Draw something: the net answers after each stroke."))
        else:
            _show_answer(trial, style, picture.convert("L"), is_fitted=is_fitted)


def _show_answer(trial: Trial, style: Style, drawn: Image.Image, *, is_fitted: bool) -> None:
    misfits = tuple(style.misfits(drawn))
    if misfits and style.has_margin:
        told = _(_MISFITS[misfits])
        st.info(
            _("{misfit} It is centred and fitted before the net sees it.").format(misfit=told) if is_fitted else told,
            icon=":material/center_focus_strong:",
        )
    asked = Asked(_("Centred and fitted"), style.fitted(drawn)) if is_fitted else Asked(_("Your drawing"), drawn)
    answer.show(trial, [asked])


@st.cache_data(max_entries=8, show_spinner=False, hash_funcs={Run: lambda run: run.id})
def _style(run: Run) -> Style:
    return Style.of(training_images.some(run))
