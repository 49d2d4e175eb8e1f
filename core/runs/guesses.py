"""What people guessed of runs before they began, kept until the runs have answered."""

from dataclasses import dataclass

from core.errors import RunError
from core.message import say
from core.runs.database import Database
from core.runs.questions import Question
from core.runs.run import locked_row
from core.runs.tables import GuessRow


@dataclass(frozen=True)
class Guess:
    """``answer`` is one of the answers to ``question``, by its name."""

    question: Question
    answer: str


def save_guess(database: Database, run_id: str, guess: Guess) -> None:
    """Keeps ``guess`` for good: a second one for the same run changes nothing.

    Raises RunError when there is no such run, and for a run that has shown something: that would be no guess.
    """
    with database.writing() as session:
        run = locked_row(session, run_id)
        if run.epoch or run.state.is_finished:
            raise RunError(say("Run {number} has begun to show what it does. Guess before.", number=run.number))
        if session.get(GuessRow, run_id) is None:
            session.add(
                GuessRow(
                    run_id=run_id,
                    question=guess.question.to_text(),
                    guess=guess.answer,
                    created_at=database.now(),
                )
            )


def guess_of(database: Database, run_id: str) -> Guess | None:
    """What was guessed of the run, if anything was."""
    with database.reading() as session:
        row = session.get(GuessRow, run_id)
    return None if row is None else Guess(Question.parse(row.question), row.guess)
