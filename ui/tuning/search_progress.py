"""How far a search is, and what it searches, in words."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.message import Message, say, say_count
from core.tuning.forecast import seconds_left, trials_to_finish
from core.tuning.searches import Search
from core.tuning.trial_states import FAILED, FINISHED, PRUNED
from ui import machine_line, session
from ui.markdown import plain
from ui.moments import ago
from ui.numbers import duration
from ui.run_progress import roughly
from ui.text import _, translate
from ui.tuning.methods import OBJECTIVES, PRUNERS, SAMPLERS
from ui.tuning.names import heading_of, parameter_text


def show(search: Search, table: pd.DataFrame) -> None:
    """Draws both; ``table`` as `core.tuning.trials.trials` gives it."""
    asked, finished = trials_to_finish(search.space, search.trials), _count(table, *FINISHED)
    machine = machine_line.settings()
    left = seconds_left(session.database(), search, finished, slots=machine.slots, has_spare=machine.has_spare)
    told = progress(search, finished, asked, left, is_begun=not table.empty)
    with st.container(gap="xxsmall"):
        st.progress(min(1.0, finished / asked), text=translate(told))
        if sentences := counts(table):
            st.caption(" ".join(map(translate, sentences)), help=_last_reason(table))
    if search.message is not None:
        draw, icon = (st.error, "error") if search.state.is_trouble else (st.info, "info")
        draw(plain(translate(search.message)), icon=f":material/{icon}:")
    with st.grid(2, min_column_width=280, gap="xxsmall"):
        for line in searched(search):
            st.markdown(line)
    st.caption(" · ".join([*manner(search), translate(ago(search.created_at, session.database().now()))]))


def progress(search: Search, finished: int, asked: int, left: float | None, *, is_begun: bool) -> Message:
    """``5 of 20 trials are done · about 3 minutes left``; ``left`` in seconds, None where nobody knows."""
    if search.state.is_working and not is_begun:
        return say("Getting ready: the first trial begins in a few seconds.")
    done = say_count(
        "{finished:,} of {count} trial is done",
        "{finished:,} of {count:,} trials are done",
        count=asked,
        finished=finished,
    )
    if search.state.is_working and left is not None:
        return say("{done} · about {left} left", done=done, left=duration(roughly(left)))
    return done


def counts(table: pd.DataFrame) -> list[Message]:
    """How many trials ended early, and how many came to nothing; nothing of what there is none of."""
    pruned, failed = _count(table, PRUNED), _count(table, FAILED)
    sentences = []
    if pruned:
        sentences.append(
            say_count("{count} trial was ended early.", "{count:,} trials were ended early.", count=pruned)
        )
    if failed:
        sentences.append(
            say_count(
                "{count} trial failed: it does not count, and another one takes its place.",
                "{count:,} trials failed: they do not count, and others take their place.",
                count=failed,
            )
        )
    return sentences


def searched(search: Search) -> list[str]:
    """A line for each setting: ``**Learning rate**: 0.0001 – 0.01, logarithmic``."""
    return [
        f"**{plain(heading_of(path, search.recipe))}**: {plain(parameter_text(path, parameter))}"
        for path, parameter in search.space.parameters.items()
    ]


def manner(search: Search) -> Sequence[str]:
    """How it goes about it."""
    space = search.space
    limit = (
        [] if search.minutes is None else [_("at most {time}").format(time=translate(duration(60 * search.minutes)))]
    )
    pruner = (
        [] if space.pruner == "none" else [_("ends trials early: {pruner}").format(pruner=_(PRUNERS[space.pruner][0]))]
    )
    seed = [_("seed {seed}").format(seed=space.seed)] if space.seed else []
    return [_(SAMPLERS[space.sampler][0]), *pruner, _(OBJECTIVES[space.objective]), *limit, *seed]


def _count(table: pd.DataFrame, *states: str) -> int:
    return int(table["state"].isin(states).sum())


def _last_reason(table: pd.DataFrame) -> str | None:
    """Why the newest failed trial failed."""
    reasons = table.loc[table["state"] == FAILED, "reason"].dropna()
    return None if reasons.empty else plain(translate(reasons.iloc[-1]))
