"""What is wrong with the recipe, told where the setting stands that would mend it."""

from collections.abc import Sequence
from typing import Final, Literal

from core.problem import Problem

Section = Literal["loss", "rate", "course"]

_SECTIONS: Final[dict[str, Section]] = {
    "schedule": "rate",
    "keep_best": "course",
    "early_stopping": "course",
    "reduce_on_plateau": "course",
    "mixed_precision": "course",
}
"""By the field of the training that a fix changes; whatever else is wrong stands with the loss."""


def of_section(problems: Sequence[Problem], section: Section) -> tuple[Problem, ...]:
    """Those of ``problems`` that this section of the screen tells; each stands in one section."""
    return tuple(problem for problem in problems if _section(problem) == section)


def _section(problem: Problem) -> Section:
    changed = (name for fix in problem.fixes for name in fix.training)
    return next((_SECTIONS[name] for name in changed if name in _SECTIONS), "loss")
