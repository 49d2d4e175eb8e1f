"""The rules, each in a file of its own with its thresholds. A new one is such a file and a line here.

Each has `find`, and ``EXPLAINED_BY``: the kinds of findings beside which it would say nothing new.
"""

from types import ModuleType

from core.doctor.rules import (
    class_collapse,
    divergence,
    not_finished,
    oscillation,
    overfitting,
    plateau,
    rate_too_low,
    small_validation_set,
    underfitting,
    validation_above_training,
)

RULES: tuple[ModuleType, ...] = (
    divergence,
    class_collapse,
    oscillation,
    rate_too_low,
    overfitting,
    underfitting,
    not_finished,
    plateau,
    validation_above_training,
    small_validation_set,
)
"""What explains most comes first."""
