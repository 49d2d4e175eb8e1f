"""What is found out about the images of a run in the background, on whichever view waits for it."""

import streamlit as st

from core.evaluation.simple_methods.findings import task_of
from core.runs import analyses
from core.runs.analyses import Analysis, AnalysisKind, Task
from core.runs.run import Run
from core.runs.states import IntakeState
from core.workspace import Workspace
from ui import background_work, session
from ui.background_work import Told, Work


def completed(run: Run, kind: AnalysisKind, told: Told) -> Analysis | None:
    """The analysis of ``run`` where it is done; until then it is begun and drawn how far it is."""
    database, workspace = session.database(), session.workspace()
    task = _task(workspace, run.id, kind, run)
    found = analyses.state(database, task)
    if found is not None and found.state is IntakeState.COMPLETED:
        return found

    def start() -> None:
        analyses.start(database, workspace, task)

    background_work.show(Work(lambda: analyses.state(database, task), start), told)
    return None


@st.cache_resource(max_entries=16, show_spinner=False)
def _task(workspace: Workspace, run_id: str, kind: AnalysisKind, _run: Run) -> Task:
    """Kept, since the rows of the split are read for it; they are the same for as long as there is the run."""
    return task_of(workspace, _run, kind)
