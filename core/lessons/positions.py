"""Where among the values that were tried the best one is: what can be guessed before."""

from core.lessons.evidence import Evidence, Tried

LOWEST, MIDDLE, HIGHEST, SAME = "lowest", "middle", "highest", "same"
"""The names of the guesses: the lowest value, one in between, the highest, or that it makes no difference."""


def position(evidence: Evidence, path: str, best: Tried) -> str | None:
    """The guess that was right: that of ``best``, the trial with the highest validation accuracy, by its value at
    ``path``; `SAME` where all that was tried is as good but for what chance makes, and None where only some is that
    would make another guess right."""
    values = sorted(each.labels[path] for each in evidence.tried)
    as_good = [
        each for each in evidence.complete if evidence.is_about(each.last("val_accuracy"), best.last("val_accuracy"))
    ]
    if len(as_good) == len(evidence.tried):
        return SAME
    found = {_of(each.labels[path], values[0], values[-1]) for each in as_good}
    return found.pop() if len(found) == 1 else None


def _of(value: float, lowest: float, highest: float) -> str:
    return LOWEST if value == lowest else HIGHEST if value == highest else MIDDLE
