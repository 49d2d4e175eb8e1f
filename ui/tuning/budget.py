"""How far a search may go: so many trials, and if wished so many minutes. And about how long that will take."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from core.message import Message, say, say_count
from core.recipe import Recipe
from core.runs.projects import Project
from core.tuning import grid
from core.tuning.forecast import expected_seconds, trials_to_finish
from core.tuning.searches import MOST_TRIALS
from core.tuning.space import SearchSpace
from ui import machine_line, session
from ui.numbers import duration
from ui.run_progress import roughly
from ui.text import _

FRESH_TRIALS: Final = 20


@dataclass(frozen=True)
class Budget:
    """So many trials are to be finished, in so many minutes of work at most, if there is such a limit."""

    trials: int
    minutes: float | None


def choose(prefix: str) -> Budget:
    """Draws both numbers; keys begin with ``prefix``."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        trials = st.number_input(
            _("Trials"), 1, MOST_TRIALS, FRESH_TRIALS, key=f"{prefix}_trials", persist_state="session", width=140
        )
        minutes = st.number_input(
            _("At most minutes"),
            1.0,
            value=None,
            step=1.0,
            format="%g",
            placeholder=_("no limit"),
            key=f"{prefix}_minutes",
            help=_("When they are over, no further trial begins, and the trial that is at work is trained to its end."),
            persist_state="session",
            width=170,
        )
    return Budget(trials, minutes)


def points(space: SearchSpace, budget: Budget) -> Message | None:
    """How many points a grid has, and how many of them are tried; None for what is no grid."""
    if space.sampler != "grid":
        return None
    count = grid.size(space)
    told = say_count("The grid has {count:,} point.", "The grid has {count:,} points.", count=count)
    if count <= budget.trials:
        return say("{points} All of them are tried.", points=told)
    return say("{points} {trials:,} of them are tried, spread over the whole grid.", points=told, trials=budget.trials)


def forecast(project: Project, recipe: Recipe, space: SearchSpace, budget: Budget) -> Message:
    """About how long a search will take."""
    machine = machine_line.settings()
    seconds = expected_seconds(
        session.database(),
        project.id,
        str(project.dataset_id),
        recipe,
        trials=trials_to_finish(space, budget.trials),
        slots=machine.slots,
        has_spare=machine.has_spare,
    )
    if seconds is None:
        return say("How long it takes is known after the first trial.")
    if budget.minutes is not None and seconds > 60 * budget.minutes:
        return say(
            "All trials would take about {time}, so it ends before: after {minutes}.",
            time=duration(roughly(seconds)),
            minutes=duration(60 * budget.minutes),
        )
    about = say("About {time}, going by the epochs of earlier runs.", time=duration(roughly(seconds)))
    if space.pruner != "none":
        return say(
            "{about} Trials that end early make it shorter; larger nets and smaller batches longer.", about=about
        )
    return say("{about} Larger nets and smaller batches make it longer.", about=about)
