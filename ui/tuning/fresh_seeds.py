"""Training the best trials again with seeds that nobody chose them by, and what then remains of their scores."""

from typing import Final

import pandas as pd
import streamlit as st

from core.errors import LayerlabError
from core.evaluation.best_of_search.measuring import judgeable
from core.message import Message, say, say_count
from core.runs import repeats
from core.runs.states import ENGAGED_STATES, RunState
from core.tuning.fresh_seeds import compared, train_again, trained_again
from core.tuning.searches import Search
from core.tuning.space import SearchSpace
from core.tuning.trials import best_settings
from ui import run_trouble, screen, session
from ui.charts import fresh_seeds as chart
from ui.judging import heading
from ui.text import _, ngettext, translate
from ui.tuning import objective

_COUNT, _SEEDS = "fresh_seeds_count", "fresh_seeds_seeds"
_FIRST_COUNT, _FIRST_SEEDS, _MOST = 3, 3, 10
_AT_WORK: Final = "2s"


def show(search: Search, table: pd.DataFrame) -> None:
    """Draws the form and what has come in so far; ``table`` as of `core.tuning.trials.trials`."""
    if not search.is_at_rest or judgeable(table).empty:
        return
    with st.container(border=True, key="fresh_seeds", gap="small"):
        heading.show(_("The best once more, with fresh seeds"), "validation")
        st.markdown(
            _(
                "A high score is merit and luck: of the seed, and of the images. Trained again from other first "
                "weights, only what does not hang on the seed comes back."
            )
        )
        _show_form(search, table)
        _show_results(search, table)


def _show_form(search: Search, table: pd.DataFrame) -> None:
    most = len(_best(search, table, _MOST))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        count = st.number_input(
            _("Best trials"), 1, most, min(_FIRST_COUNT, most), key=f"{_COUNT}_{search.id}", width=140
        )
        seeds = st.number_input(
            _("Seeds each"), 1, repeats.MOST_SEEDS, _FIRST_SEEDS, key=_SEEDS, persist_state="session", width=140
        )
        text = ngettext("Train {count:,} run", "Train {count:,} runs", count * seeds)
        if st.button(text.format(count=count * seeds), key="fresh_seeds_start", icon=":material/casino:"):
            _start(search, table, count, seeds)
            st.rerun()


def _start(search: Search, table: pd.DataFrame, count: int, seeds: int) -> None:
    best = _best(search, table, count)
    try:
        made = train_again(session.database(), session.workspace(), best["run_id"].tolist(), seeds)
    except LayerlabError as error:
        run_trouble.keep(error)
        return
    session.keep_engine()
    screen.fresh(say_count("{count} run waits in the queue.", "{count} runs wait in the queue.", count=len(made)))


def _show_results(search: Search, table: pd.DataFrame) -> None:
    """While repeats wait or train, this part draws itself anew."""
    again = _again(search, table)
    if not again.empty:
        is_waited_for = _is_active(again)
        st.fragment(_draw, run_every=_AT_WORK if is_waited_for else None)(search, table, is_waited_for)


def _draw(search: Search, table: pd.DataFrame, was_waited_for: bool) -> None:
    again = _again(search, table)
    if _is_active(again):
        session.keep_engine()
    elif was_waited_for:
        st.rerun()  # once more without the clock
    best = _best(search, table, len(table))
    rows = compared(best[best["run_id"].isin(again["trial_run"])], again)
    told = [translate(sentence) for sentence in sentences(rows, search.space)]
    st.markdown(f"**{told[0]}** {' '.join(told[1:])}")
    drawn = chart.table(rows, again, search.space)
    st.altair_chart(chart.chart(drawn, search.space, st.context.theme.type or "light"), alt=" ".join(told))
    st.caption(_("◇ in the search · ● once more, with fresh seeds · ❘ the mean of these"))
    _show_table(rows, search.space)
    st.caption(
        _(
            "Fresh seeds are judged on the same validation images: the luck of the images stays in. Only the test set "
            "is without it."
        )
    )


def _show_table(rows: pd.DataFrame, space: SearchSpace) -> None:
    shown = pd.DataFrame(
        {
            _("Trial"): rows["number"] + 1,
            _("In the search"): [objective.written(value, space) for value in rows["value"]],
            _("Once more"): [_mean_text(row, space) for row in rows.itertuples()],
            _("Runs done"): [f"{row.done} / {row.asked}" for row in rows.itertuples()],
        }
    )
    st.dataframe(
        shown, hide_index=True, width="stretch", alt=_("What each trial reached in the search, and with fresh seeds")
    )


def _mean_text(row, space: SearchSpace) -> str:
    """``96.8% ± 0.5``: mean and standard deviation over the seeds; percentage points for an accuracy."""
    mean = objective.written(row.mean, space)
    if pd.isna(row.spread):
        return mean
    return f"{mean} ± {100 * row.spread:.1f}" if space.maximizes else f"{mean} ± {row.spread:.4f}"


def sentences(rows: pd.DataFrame, space: SearchSpace) -> list[Message]:
    """How much of the scores came back, how many runs are still to come, and whether the order is the same; ``rows`` as
    of `core.tuning.fresh_seeds.compared`, one or more."""
    known, coming = rows[rows["done"] > 0], int(rows["coming"].sum())
    if known.empty:
        return [_nothing_yet(coming)]
    told = [_remains(known, space)]
    if len(known) > 1:
        told.append(_order(known, space))
    if coming:
        told.append(
            say_count(
                "{count} run is still to come, so this may change.",
                "{count:,} runs are still to come, so this may change.",
                count=coming,
            )
        )
    return told


def _nothing_yet(coming: int) -> Message:
    if not coming:
        return say("None of the runs with fresh seeds came to a value. Look at the runs for the reason.")
    return say_count(
        "{count} run with a fresh seed waits or trains: what it reaches comes in here.",
        "{count:,} runs with fresh seeds wait or train: what they reach comes in here.",
        count=coming,
    )


def _remains(known: pd.DataFrame, space: SearchSpace) -> Message:
    """How much the scores of the search, by which the trials were chosen, are above what their settings reach again."""
    before, again = float(known["value"].mean()), float(known["mean"].mean())
    flattered = before - again if space.maximizes else again - before
    told = {
        "count": len(known),
        "before": objective.written(before, space),
        "again": objective.written(again, space),
        "flattered": say("{points:.1f} percentage points", points=100 * flattered)
        if space.maximizes
        else objective.written(flattered, space),
    }
    if flattered > 0:
        return say_count(
            "The search gave this trial {before}; once more it reaches {again}: the score flattered by {flattered}.",
            "The search gave these {count} trials {before} on average; once more they reach {again}: the scores "
            "flattered by {flattered}.",
            **told,
        )
    return say_count(
        "The search gave this trial {before}; once more it reaches {again}: the seed did not flatter it.",
        "The search gave these {count} trials {before} on average; once more they reach {again}: the seed did not "
        "flatter them.",
        **told,
    )


def _order(known: pd.DataFrame, space: SearchSpace) -> Message:
    """Whether the trial that led leads again, and whether its lead is more than what the seed alone makes, which one
    seed does not show."""
    ranked = known.sort_values("mean", ascending=not space.maximizes, kind="stable")
    first, led = int(ranked["number"].iloc[0]) + 1, int(known["number"].iloc[0]) + 1
    leads = (
        say("Trial {led} leads again.", led=led)
        if first == led
        else say("The order changes: trial {led} led the search, now trial {first} leads.", led=led, first=first)
    )
    lead, spread = abs(ranked["mean"].iloc[0] - ranked["mean"].iloc[1]), ranked["spread"].head(2)
    if spread.isna().any():
        return say("{leads} With a single seed nobody knows whether the lead is chance.", leads=leads)
    if lead <= spread.max():
        return say("{leads} But the lead is smaller than the spread of the seeds, so it may be chance.", leads=leads)
    return leads


def _again(search: Search, table: pd.DataFrame) -> pd.DataFrame:
    return trained_again(session.database(), search, _best(search, table, len(table))["run_id"].tolist())


def _best(search: Search, table: pd.DataFrame, count: int) -> pd.DataFrame:
    """The trials that can be trained again, each setting once."""
    return best_settings(judgeable(table), search.space, count)


def _is_active(again: pd.DataFrame) -> bool:
    return any(RunState(state) in ENGAGED_STATES for state in again["state"])
