"""Memory and time before training: will it fit, and how long does an epoch take on this machine?"""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from core.problem import Problem
from core.recipe import Recipe
from core.runs import inspections
from core.runs.forecast import Forecast
from core.runs.inspections import Inspection
from ui import inspection_wait, session
from ui.numbers import file_size, short_duration
from ui.text import _, translate

_ASKED = "forecast_panel_asked"
_WIDTH, _HEIGHT = 236, 68  # pixels: the answer takes the place of the button, and nothing moves


def show(recipe: Recipe, problems: Sequence[Problem]) -> None:
    """Draws the button that asks, and the answer to what was asked last about this very recipe on these images."""
    asked, inspection_id = st.session_state.get(_ASKED, (None, None))
    if asked == (recipe, session.needed_dataset().id):
        with st.container(key="forecast_panel", width=_WIDTH, height=_HEIGHT, border=False):
            inspection_wait.show(inspection_id, _draw, partial(_ask, recipe))
        return
    st.button(
        _("Will it fit? How long?"),
        key="forecast_panel_ask",
        icon=":material/speed:",
        disabled=any(problem.forbids_training for problem in problems),
        help=_("Trains a few batches of noise beside this screen, and measures."),
        on_click=_ask,
        args=(recipe,),
    )


def _ask(recipe: Recipe) -> None:
    dataset_id = session.needed_dataset().id
    inspection = inspections.ask_forecast(session.database(), recipe, dataset_id)
    st.session_state[_ASKED] = ((recipe, dataset_id), inspection.id)


def _draw(inspection: Inspection) -> None:
    forecast = Forecast.from_result(inspection.result or {})
    needed, available = (translate(file_size(size)) for size in (forecast.needed_bytes, forecast.available_bytes))
    fits = _("Fits: {needed} of {available}") if forecast.fits else _("Too large: {needed} of {available}")
    colour = "green" if forecast.fits else "red"
    epochs = session.draft().training.epochs
    epoch, whole = short_duration(forecast.seconds_per_epoch), short_duration(forecast.seconds_per_epoch * epochs)
    time = _("Epoch: {epoch} · all {epochs:,}: {whole}").format(
        epoch=translate(epoch), epochs=epochs, whole=translate(whole)
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(
            f":small[:{colour}[**{fits.format(needed=needed, available=available)}**]]  \n:small[{time}]",
            help=_source(forecast),
            width="content",
        )
        st.button(
            ":material/refresh:",
            key="forecast_panel_again",
            type="tertiary",
            help=_("Measure again"),
            on_click=_ask,
            args=(session.draft(),),
        )


def _source(forecast: Forecast) -> str:
    text = _("The memory that a training takes, of what is free here, and its time: measured over {count:,} batches.")
    busy = _("A run was at work meanwhile, so it may be quicker.")
    told = text.format(count=forecast.batches_measured)
    return f"{told} {busy}" if forecast.was_busy else told
