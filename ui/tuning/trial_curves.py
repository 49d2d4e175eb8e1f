"""Picture: the objective of every trial after each of its epochs."""

import pandas as pd
import streamlit as st

from core.tuning.searches import Search
from core.tuning.trial_states import COMPLETE, PRUNED
from ui import session
from ui.charts import trial_curves, trial_marks
from ui.charts.objective_scale import ObjectiveScale
from ui.text import _, language
from ui.tuning import empty_picture, objective, trial_table
from ui.tuning.drawn_trials import caption, drawn

EPOCHS = "training.epochs"


def show(search: Search, table: pd.DataFrame, best: int | None) -> None:
    """Draws it. ``table`` as of `core.tuning.trials.trials`, ``best`` the number of the best trial, if there is one."""
    from core.tuning.trials import curves  # brings Optuna, which the table has brought by now

    every = curves(session.database(), search.id)
    if every["value"].notna().sum() == 0:
        empty_picture.show(_("The first point comes with the end of the first epoch of a trial."))
        return
    shown = drawn(table, search.space)
    scale = ObjectiveScale.of(every["value"], maximizes=search.space.maximizes)
    specified = trial_curves.specification(
        scale, most_epochs(search), objective.title(search.space), st.context.theme.type or "light", language()
    )
    st.caption(_legend())
    trial_marks.show(
        specified,
        trial_curves.rows(every[every["number"].isin(shown)], best, scale),
        key="pictures_trial_curves",
        description=_("The curve of each trial over its epochs; those of pruned trials end early"),
    )
    ends = every.groupby("number")["value"].last()
    if beyond := objective.caption_of_beyond(scale, ends, search.space):
        st.caption(beyond)
    if thinned := caption(len(shown), of=len(table)):
        st.caption(thinned)
    trial_table.behind_one_click("pictures_trial_curves_table", lambda: _show_table(search, every))


def most_epochs(search: Search) -> int:
    """The longest that a trial can take."""
    searched = search.space.parameters.get(EPOCHS)
    return max(search.recipe.training.epochs, *(searched.extremes if searched else ()), 1)


def _legend() -> str:
    return " · ".join([trial_marks.legend(COMPLETE, PRUNED), _("dashed: running")])


def _show_table(search: Search, every: pd.DataFrame) -> None:
    wide = every.pivot(index="number", columns="epoch", values="value")
    wide.index = (wide.index + 1).rename(_("Trial"))
    wide.columns = [_("Epoch {epoch}").format(epoch=epoch) for epoch in wide.columns]
    st.dataframe(
        wide,
        height=300,
        column_config={name: objective.column(search.space, name) for name in wide.columns},
        placeholder="–",
        alt=_("What each trial had reached after each epoch"),
    )
