"""How this machine trains: so many runs at once, on so many cores, and whether the next one starts at once."""

import streamlit as st

from core.message import Message, say, say_count
from core.runs.machine import cores
from core.runs.readiness import ready_spares
from core.runs.settings import Settings, SettingsError
from ui import session
from ui.numbers import file_size
from ui.screen import explain
from ui.text import translate


def show() -> None:
    """Draws the line. It keeps itself up to date: a process gets ready, and is used up by a start."""
    st.fragment(_draw, run_every="5s")()


def settings() -> Settings:
    """How runs are trained here; as by default, where the environment says nothing that can be meant."""
    try:
        return Settings.from_environment()
    except SettingsError:
        return Settings()


def _draw() -> None:
    with st.container(key="machine_line"):
        try:
            known = Settings.from_environment()
        except SettingsError as error:
            explain(error)
            return
        ready = ready_spares(session.database())
        sentences = [
            turns(known.slots, known.threads(cores())),
            spare(ready[0].memory_bytes if ready else None, is_off=not known.has_spare),
        ]
        st.caption(":material/memory: " + " ".join(map(translate, sentences)))


def turns(slots: int, threads: int) -> Message:
    """How many runs are trained at once, and on how many cores each of them."""
    if slots > 1:
        return say_count(
            "Trains {slots} runs at a time, each on {count} core.",
            "Trains {slots} runs at a time, each on {count} cores.",
            count=threads,
            slots=slots,
        )
    return say_count(
        "Trains 1 run at a time, on {count} core.", "Trains 1 run at a time, on all {count} cores.", count=threads
    )


def spare(memory_bytes: int | None, *, is_off: bool) -> Message:
    """Whether a process waits for the next run, and what it takes meanwhile: none where none is ready."""
    if is_off:
        return say("No process stands by (LAYERLAB_SPARE=off), so a run takes some seconds to start.")
    if memory_bytes is None:
        return say("The process for the next run is not ready yet.")
    return say("A process stands by with {memory}, so a run starts at once.", memory=file_size(memory_bytes))
