"""The trials that have ended, as the pictures of a search show them."""

from functools import partial

import pandas as pd

from core.tuning.searches import Search
from core.tuning.trial_states import COMPLETE, FAILED, PRUNED
from ui.charts import trial_marks
from ui.charts.objective_scale import ObjectiveScale
from ui.charts.parameter_axis import ParameterAxis
from ui.tuning import names, objective

ENDED = (COMPLETE, PRUNED, FAILED)


def seen(search: Search, table: pd.DataFrame, best: int | None) -> pd.DataFrame:
    """One row for each, in their order: trial (from 1), state and state_title, value (NaN where it failed), told (the
    value as it is written), is_best, the values of the parameters by their paths, and as they are written under the
    names of `setting_columns`.

    ``table`` as of `core.tuning.trials.trials`; ``best`` is the number of the best trial.
    """
    ended = table[table["state"].isin(ENDED)].reset_index(drop=True)
    texts = {
        column: [names.value_text(path, value) for value in ended[path]]
        for path, column in setting_columns(search).items()
    }
    shown = ended[["state", "value", *search.space.parameters]].assign(
        trial=ended["number"] + 1,
        state_title=ended["state"].map(trial_marks.state_title),
        told=[objective.written(value, search.space) for value in ended["value"]],
        is_best=ended["number"] == best,
    )
    return pd.concat([shown, pd.DataFrame(texts, index=ended.index)], axis="columns")


def setting_columns(search: Search) -> dict[str, str]:
    """Under which name the setting of each path is written: without dots, which mean something to charts."""
    return {path: f"setting_{position}" for position, path in enumerate(search.space.parameters)}


def titles(search: Search) -> dict[str, str]:
    """What each path is called, with a capital."""
    return {path: names.heading_of(path, search.recipe) for path in search.space.parameters}


def axes(search: Search) -> tuple[ParameterAxis, ...]:
    """The axis of each parameter, in their order."""
    return tuple(
        ParameterAxis.of(path, title, search.space.parameters[path], partial(names.value_text, path))
        for path, title in titles(search).items()
    )


def scale(search: Search, ended: pd.DataFrame) -> ObjectiveScale:
    """That of the complete trials of ``ended``, as of `seen`; before there is one, that of the others. What pruned ones
    had reached early on would leave less room for the differences between complete ones."""
    complete = ended.loc[ended["state"] == COMPLETE, "value"]
    return ObjectiveScale.of(complete if len(complete) else ended["value"], maximizes=search.space.maximizes)
