"""What is found out about the images of a run in the background, on whichever view waits for it."""

from core.evaluation.simple_methods.findings import task_of
from core.runs import analyses
from core.runs.analyses import Analysis, AnalysisKind
from core.runs.run import Run
from core.runs.states import IntakeState
from ui import background_work, session
from ui.background_work import Told, Work


def completed(run: Run, kind: AnalysisKind, told: Told) -> Analysis | None:
    """The analysis of ``run`` where it is done; until then it is begun and drawn how far it is."""
    database, workspace = session.database(), session.workspace()
    task = task_of(workspace, run, kind)
    found = analyses.state(database, task)
    if found is not None and found.state is IntakeState.COMPLETED:
        return found

    def start() -> None:
        analyses.start(database, workspace, task)

    background_work.show(Work(lambda: analyses.state(database, task), start), told)
    return None
