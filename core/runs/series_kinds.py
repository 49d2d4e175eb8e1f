"""What the runs of a series have in common, told by its name: ``seeds-…`` are repeats, ``leaks-…`` a demonstration and
``search-…`` trials; the name of the folds of a split has nothing before it."""

import secrets
from typing import Final

from sqlalchemy import ColumnElement

from core.runs.tables import RunRow

FOLDS: Final = ""
REPEATS: Final = "seeds-"
DEMONSTRATION: Final = "leaks-"
SEARCH: Final = "search-"
"""The kinds: what the names of their series begin with."""

_BYTES: Final = {FOLDS: 8, REPEATS: 5, DEMONSTRATION: 5, SEARCH: 4}
"""How long the random part of their names is."""


def new_series(kind: str) -> str:
    """A name for a series of ``kind`` that no other has."""
    return f"{kind}{secrets.token_hex(_BYTES[kind])}"


def kind_of(series: str | None) -> str | None:
    """The kind that the name of ``series`` tells; None for a run that is in no series."""
    return None if series is None else series[: series.rfind("-") + 1]


def is_of_folds(series: str | None) -> bool:
    """Whether the runs of ``series`` are the folds of a split."""
    return kind_of(series) == FOLDS


def is_of_repeats(series: str | None) -> bool:
    """Whether the runs of ``series`` are repeats of one of them."""
    return kind_of(series) == REPEATS


def is_demonstration(series: str | None) -> bool:
    """Whether the runs of ``series`` demonstrate what a split hides that tears look-alikes apart."""
    return kind_of(series) == DEMONSTRATION


def is_of_search(series: str | None) -> bool:
    """Whether the runs of ``series`` are the trials of a search."""
    return kind_of(series) == SEARCH


def is_in_series_of(kind: str) -> ColumnElement[bool]:
    """The condition on `RunRow` that a run is in a series of ``kind``."""
    return RunRow.series.not_like("%-%") if kind == FOLDS else RunRow.series.startswith(kind, autoescape=True)


def is_to_be_had(series: str | None, wanted: str | None) -> bool:
    """Whether a run of ``series`` may be given to whoever asks for one like it, to stand in the series ``wanted``.

    One that was started alone may: folds and demonstrations take it in. One of a series is given only to its like, such
    as to a second press of the same button: who starts a run by hand can stop it and delete it, and no series may lose
    a run by that.
    """
    return series is None or kind_of(series) == kind_of(wanted)
