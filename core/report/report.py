"""The report as a value."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.message import Message, say
from core.report.blocks import Section
from core.report.kept import Kept, name_of
from core.report.sections import (
    data,
    in_short,
    mistakes,
    net,
    sealed_test,
    settings,
    simple_methods,
    since_before,
    split,
    training,
    validation,
)
from core.runs.database import Database
from core.workspace import Workspace

SECTIONS: Final[tuple[Callable[[Kept], Section], ...]] = (
    in_short.section,
    data.section,
    split.section,
    net.section,
    settings.section,
    training.section,
    validation.section,
    sealed_test.section,
    simple_methods.section,
    mistakes.section,
    since_before.section,
)
"""In the order in which they are read."""


@dataclass(frozen=True)
class Report:
    """In no language and no format yet; `core.report.to_html` and `core.report.to_markdown` write it."""

    title: Message
    written_at: datetime
    sections: tuple[Section, ...]

    @property
    def imprint(self) -> Message:
        """When it was written, and what it is made of."""
        return say(
            "Written by Layerlab at {moment} UTC from what its database and the folder of the run keep; nothing was "
            "trained for it.",
            moment=f"{self.written_at:%Y-%m-%d %H:%M}",
        )


def report_of(database: Database, workspace: Workspace, run_id: str) -> Report:
    """The report of the run ``run_id``: figures of the database and of the run's folder.

    The validation images are judged where nobody has done so yet; the test set stays as it is. Raises RunError for a
    run that is not there or has no model.
    """
    kept = Kept.of(database, workspace, run_id)
    return Report(_title(kept), database.now(), tuple(section(kept) for section in SECTIONS))


def _title(kept: Kept) -> Message:
    if kept.project_name is None:
        return say("Lab report: {run}", run=name_of(kept.run))
    return say("Lab report: {run} of {project}", run=name_of(kept.run), project=kept.project_name)
