"""Which trials are drawn where each is a line: of very many, lines would lie on each other and browsers take long."""

from typing import Final

import pandas as pd

from core.tuning.space import SearchSpace
from core.tuning.trial_states import RUNNING
from ui.text import _

MOST: Final = 150


def drawn(table: pd.DataFrame, space: SearchSpace, most: int = MOST) -> pd.Series:
    """The numbers of those that are drawn of ``table``, as of `core.tuning.trials.trials`, at most ``most``: the best
    ones, up to a third of them, those that are running, and the newest."""
    from core.tuning.trials import best_k  # brings Optuna, which the table has brought by now

    if len(table) <= most:
        return table["number"]
    best = best_k(table, space, most // 3)["number"]
    running = table.loc[table["state"] == RUNNING, "number"]
    newest = table["number"].iloc[::-1]
    return pd.concat([best, running, newest]).drop_duplicates().head(most).sort_values(ignore_index=True)


def caption(count: int, of: int) -> str | None:
    """That ``count`` trials ``of`` as many are drawn; None where those are all."""
    if count == of:
        return None
    return _("Drawn are {drawn:,} of {all:,} trials: the best and the newest ones.").format(drawn=count, all=of)
