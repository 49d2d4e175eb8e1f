"""What is said of a judged image, in Markdown."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from ui.markdown import plain
from ui.text import _

TOP: Final = 3


def title(case: Any, class_names: Sequence[str]) -> str:
    """``4 → 9``: the true class and what it was taken for; of a right answer the class, ticked.

    ``case`` is a row of `core.evaluation.mistakes.cases.cases`, as a tuple with names.
    """
    true, predicted = plain(class_names[case.label]), plain(class_names[case.predicted])
    if case.label == case.predicted:
        return f":material/check: **{true}**"
    return f"{true} → **{predicted}**"


def description(case: Any, class_names: Sequence[str]) -> str:
    """The same in words, without Markdown, for whoever does not see the image."""
    true, predicted = class_names[case.label], class_names[case.predicted]
    if case.label == case.predicted:
        return _("{name}, rightly found").format(name=true)
    return _("{true}, taken for {predicted}").format(true=true, predicted=predicted)


def top_classes(probabilities: np.ndarray, class_names: Sequence[str]) -> str:
    """The most probable classes, a line each: ``9: 90%``."""
    best = np.argsort(-probabilities, kind="stable")[:TOP]
    return "  \n".join(f"{plain(class_names[label])}\\: {_percent(probabilities[label])}" for label in best)


def _percent(probability: float) -> str:
    """No probability is called none that is above it."""
    return "<1%" if 0 < probability < 0.005 else f"{probability:.0%}"
