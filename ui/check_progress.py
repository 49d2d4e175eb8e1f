"""How far the check of a dataset is, on whichever screen waits for it."""

from core.runs import checks
from ui import background_work, session
from ui.background_work import Told, Work

__all__ = ["Told", "show"]


def show(dataset_id: str, told: Told) -> None:
    """Begins the check of a dataset, if it has not begun, and draws how far it is.

    When it is done, the whole screen is drawn anew.
    """

    def start() -> None:
        checks.start(session.database(), session.workspace(), dataset_id)

    background_work.show(Work(lambda: checks.state(session.database(), dataset_id), start), told)
