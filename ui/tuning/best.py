"""What a search has found, told honestly: the best trial and how much it flatters, the best once more with fresh seeds,
and the way on."""

import pandas as pd
import streamlit as st

from core.errors import LayerlabError
from core.interval import wilson
from core.recipe import Recipe
from core.runs import store as runs
from core.runs.run import Run
from core.tuning.searches import Search
from core.tuning.trials import best_k, best_settings
from ui import session
from ui.charts import interval
from ui.comparing import chosen_runs
from ui.judging import heading
from ui.judging.ranges import span
from ui.markdown import plain
from ui.numbers import percent
from ui.text import _, ngettext
from ui.tuning import flattering, fresh_seeds, objective, to_builder

_MOST_COMPARED = 3
RUNS_PAGE, COMPARE_PAGE, EVALUATE_PAGE = "pages/train/runs.py", "pages/train/compare.py", "pages/judge/evaluate.py"


def show(search: Search, table: pd.DataFrame) -> None:
    """Draws all of it; ``table`` as `core.tuning.trials.trials` gives it."""
    best = best_k(table, search.space)
    if best.empty:
        st.caption(_("The best trial is shown here as soon as one is complete."))
        return
    _show_best(search, table, best.iloc[0])
    fresh_seeds.show(search, table)
    to_builder.show(search, table)
    _show_seal()


def _show_best(search: Search, table: pd.DataFrame, trial: pd.Series) -> None:
    with st.container(border=True, key="best_trial", gap="small"):
        heading.show(_("The best trial") if search.is_at_rest else _("The best trial so far"), "validation")
        run = _run(trial["run_id"])
        if run is None:
            st.metric(objective.title(search.space), objective.written(trial["value"], search.space), width="content")
            st.markdown(_("Its run was deleted, so no more is known of it."))
            return
        images = len(session.assignment_of(run).rows("validation"))
        figure, words = st.columns([1, 3], vertical_alignment="center")
        figure.metric(objective.title(search.space), objective.written(trial["value"], search.space))
        with words:
            if search.space.maximizes:
                _show_range(float(trial["value"]), images)
            flattering.show(search, table, images)
        _show_settings(search, int(trial["number"]), run.recipe)
        _show_links(search, table, run)


def _run(run_id: str | None) -> Run | None:
    """None where it is not there any more."""
    if pd.isna(run_id):
        return None
    try:
        return runs.get(session.database(), run_id)
    except LayerlabError:
        return None


def _show_range(accuracy: float, images: int) -> None:
    """On how many images the accuracy stands, and what it can mean."""
    right = round(accuracy * images)
    low, high = wilson(right, images)
    text = _("**{right:,} of {images:,}** right is {accuracy}, and **{range}** is what that can mean.").format(
        right=right, images=images, accuracy=percent(accuracy), range=span(low, high)
    )
    drawn = pd.DataFrame({"low": [low], "accuracy": [accuracy], "high": [high]})
    st.altair_chart(interval.chart(drawn, "validation"), alt=text.replace("*", ""), width="stretch")
    st.markdown(
        text,
        help=_(
            "Other images of the same kind would give another figure: Wilson's 95 % interval. It is that of one net, "
            "and does not know that this one was chosen."
        ),
    )


def _show_settings(search: Search, number: int, recipe: Recipe) -> None:
    found = to_builder.differences(search.recipe, recipe)
    if not found:
        st.markdown(_("Its settings are those of the recipe that the search began with."))
        return
    intro = _("Trial {number}, and what it changes in the recipe that the search began with:")
    lines = "\n".join(f"- {plain(each)}" for each in found)
    st.markdown(f"{intro.format(number=number + 1)}\n\n{lines}")


def _show_links(search: Search, table: pd.DataFrame, run: Run) -> None:
    best = best_settings(table[table["run_id"].notna()], search.space, _MOST_COMPARED)["run_id"].tolist()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="best_trial_links"):
        st.page_link(
            RUNS_PAGE,
            label=_("Look at run {number}").format(number=run.number),
            icon=":material/show_chart:",
            query_params={"run": run.id},
        )
        text = ngettext("Compare the best {count} trial", "Compare the best {count} trials", len(best))
        if len(best) > 1 and st.button(
            text.format(count=len(best)), key="best_trial_compare", icon=":material/compare_arrows:", type="tertiary"
        ):
            _compare(best)


def _compare(run_ids: list[str]) -> None:
    """Leaves for Compare, where these runs and no others are chosen."""
    of_project = runs.of_project(session.database(), session.project().id)
    chosen_runs.choose_among([run.id for run in of_project], run_ids)
    st.switch_page(COMPARE_PAGE)


def _show_seal() -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="best_sealed"):
        st.caption(
            ":material/lock: {text}".format(
                text=_(
                    "No trial was trained or judged on a test image: the search knows the validation images only. The "
                    "test set is for once, at the end, when nothing is to be chosen any more."
                )
            ),
            width="stretch",
        )
        st.page_link(EVALUATE_PAGE, label=_("To the test set"), icon=":material/arrow_forward:")
