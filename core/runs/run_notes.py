"""What people say of their runs: tags, a note, and that one is put away."""

from collections.abc import Iterable

from core.errors import RunError
from core.message import say
from core.runs.database import Database
from core.runs.run import locked_row

LONGEST_TAG, MOST_TAGS, LONGEST_NOTE = 40, 20, 2000


def set_tags(database: Database, run_id: str, tags: Iterable[str]) -> None:
    """Gives the run these ``tags`` in the place of those before, each once and without spaces around it. Raises
    RunError for one that is too long, for too many, and when there is no such run."""
    wanted = [tag for tag in dict.fromkeys(tag.strip() for tag in tags) if tag]
    if len(wanted) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in wanted):
        raise RunError(
            say(
                "A run may have {most} tags of {longest} characters each. Take fewer or shorter ones.",
                most=MOST_TAGS,
                longest=LONGEST_TAG,
            )
        )
    with database.writing() as session:
        locked_row(session, run_id).tags = wanted


def set_note(database: Database, run_id: str, note: str) -> None:
    """Keeps ``note`` in the place of the one before. Raises RunError where it is too long, or no such run is there."""
    if len(note) > LONGEST_NOTE:
        raise RunError(say("A note may have {longest:,} characters. Shorten it.", longest=LONGEST_NOTE))
    with database.writing() as session:
        locked_row(session, run_id).note = note.strip()


def archive(database: Database, run_id: str, *, is_archived: bool) -> None:
    """Puts the run away, or takes it out again; nothing of it is deleted. Raises RunError when there is none."""
    with database.writing() as session:
        locked_row(session, run_id).is_archived = is_archived
