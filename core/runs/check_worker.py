"""The process of one check: ``python -m core.runs.check_worker ID``."""

from core.dataset.progress import Report
from core.dataset.store import load
from core.quality.check import check
from core.runs import analysis_work
from core.runs.analyses import Ending, Task
from core.runs.states import IntakeState
from core.workspace import Workspace


def find(workspace: Workspace, task: Task, report: Report) -> Ending:
    """Checks the dataset; what is found is kept in its folder."""
    checked = check(load(workspace.datasets, task.dataset_id), report)
    return Ending(IntakeState.COMPLETED, total=checked.images)


if __name__ == "__main__":
    analysis_work.main(find)
