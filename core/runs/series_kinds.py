"""What the runs of a series have in common, told by its name: ``seeds-…`` are repeats, ``leaks-…`` a demonstration and
``search-…`` trials; the name of the folds of a split has nothing before it."""

_SEARCH = "search"


def kind_of(series: str | None) -> str | None:
    """What stands before the dash in the name of ``series``: nothing for folds; None for a run that is in no series."""
    return None if series is None else series.rpartition("-")[0]


def is_of_search(series: str | None) -> bool:
    """Whether the runs of ``series`` are the trials of a search."""
    return kind_of(series) == _SEARCH


def is_to_be_had(series: str | None, wanted: str | None) -> bool:
    """Whether a run of ``series`` may be given to whoever asks for one like it, to stand in the series ``wanted``.

    One that was started alone may: folds and demonstrations take it in. One of a series is given only to its like, such
    as to a second press of the same button: who starts a run by hand can stop it and delete it, and no series may lose
    a run by that.
    """
    return series is None or kind_of(series) == kind_of(wanted)
