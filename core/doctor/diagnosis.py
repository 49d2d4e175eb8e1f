"""All that the curves of a run show."""

from core.doctor.case import Case
from core.doctor.finding import Finding
from core.doctor.rules import RULES

FEWEST_EPOCHS = 2
"""Of a single epoch nothing is said: a point is no curve."""


def diagnose(case: Case) -> tuple[Finding, ...]:
    """The findings, what explains most first. A finding stands in for those that would only be its consequence."""
    if case.epochs < FEWEST_EPOCHS and not case.has_diverged:
        return ()
    found: dict[str, Finding] = {}
    for rule in RULES:
        if not found.keys() & rule.EXPLAINED_BY:
            finding = rule.find(case)
            if finding is not None:
                found[finding.kind] = finding
    return tuple(found.values())
