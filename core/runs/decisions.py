"""How a person wants the answers of a run to be used."""

from dataclasses import asdict, dataclass
from typing import Final

from core.runs.database import Database
from core.runs.run import no_such_run
from core.runs.tables import DecisionRow, RunRow


@dataclass(frozen=True)
class Decision:
    """``temperature``: confidences are made softer (above 1) or harder by it, as softmax(log p / temperature).
    ``least_confidence`` (0-1): a run that is less sure of its answer says "I don't know".

    Of two classes, the second one is the answer from the probability ``threshold`` on. A miss takes the second class
    for the first, a false alarm the first for the second; the costs are in any unit, the same for both.
    """

    temperature: float = 1.0
    least_confidence: float = 0.0
    threshold: float = 0.5
    cost_of_miss: float = 1.0
    cost_of_false_alarm: float = 1.0


UNDECIDED: Final = Decision()


def decision(database: Database, run_id: str) -> Decision:
    """What was decided for ``run_id`` last; `UNDECIDED` where nothing was."""
    with database.reading() as session:
        row = session.get(DecisionRow, run_id)
    return UNDECIDED if row is None else Decision(**{name: getattr(row, name) for name in asdict(UNDECIDED)})


def save_decision(database: Database, run_id: str, decision: Decision) -> None:
    """Keeps ``decision`` in the place of the one before. Raises RunError when there is no such run."""
    with database.writing() as session:
        if session.get(RunRow, run_id) is None:
            raise no_such_run(run_id)
        session.merge(DecisionRow(run_id=run_id, **asdict(decision)))
