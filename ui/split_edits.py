"""The edits that the screen of the split makes in the draft."""

from typing import Any

from core.split import Split
from ui import session


def change(**fields: Any) -> None:
    """The split of the draft with other ``fields``, checked anew."""
    save(Split.model_validate(session.draft().split.model_dump() | fields))


def save(split: Split) -> None:
    """Makes ``split`` that of the draft."""
    session.save_draft(session.draft().model_copy(update={"split": split}))
