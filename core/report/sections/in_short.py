"""The answers that a reader looks for first."""

from core.message import Message, say
from core.recipe_changes import in_words
from core.report.blocks import Section, Text, facts
from core.report.gaps import NO_RUN_BEFORE, NO_TEST
from core.report.kept import Kept
from core.report.sections import judgement
from core.runs.run_changes import changes_between


def section(kept: Kept) -> Section:
    """What the run is, what it is worth, and what changed."""
    rows: list[tuple[Message, Text]] = [
        (say("Run"), kept.run.id),
        (say("Images"), kept.dataset.name),
        (say("Queued (UTC)"), f"{kept.run.created_at:%Y-%m-%d %H:%M}"),
        (say("Validation"), judgement.sentence(kept.validation)),
        (say("Test"), say(NO_TEST) if kept.test is None else judgement.sentence(kept.test)),
        (say("Against the run before"), _change(kept)),
    ]
    return Section(say("In short"), (facts(say("The run and its figures"), rows),))


def _change(kept: Kept) -> Message:
    if kept.before is None:
        return say(NO_RUN_BEFORE)
    return in_words(changes_between(kept.database, kept.before, kept.run))
