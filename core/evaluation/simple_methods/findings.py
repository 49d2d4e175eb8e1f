"""The baselines and the shortcuts of a run: worked out in the background or at once, and kept for every run that sees
the same images."""

from collections.abc import Callable, Mapping
from typing import Final

from core.dataset.image_size import ImageSize
from core.dataset.progress import Report
from core.dataset.store import Dataset, load
from core.evaluation.simple_methods.baselines import Baselines, find_baselines
from core.evaluation.simple_methods.shortcuts import Shortcuts, find_shortcuts
from core.evaluation.simple_methods.visible_rows import VisibleRows
from core.runs import analyses, store
from core.runs.analyses import Analysis, AnalysisKind, Ending, Task
from core.runs.database import Database
from core.runs.run import Run
from core.runs.states import IntakeState
from core.split import read_assignment
from core.workspace import Workspace

_FINDERS: Final[Mapping[AnalysisKind, Callable[[Dataset, ImageSize, VisibleRows, Report], Baselines | Shortcuts]]] = {
    AnalysisKind.BASELINES: find_baselines,
    AnalysisKind.SHORTCUTS: find_shortcuts,
}


def task_of(workspace: Workspace, run: Run, kind: AnalysisKind) -> Task:
    """What is to be worked on for ``run``: the same for all runs with its images, image size, training and validation
    images. Raises RunError where one of these parts is empty."""
    visible = VisibleRows.of(read_assignment(store.run_folder(workspace, run.id) / "split.csv"))
    return Task(kind, run.dataset_id, {"image": run.recipe.image.model_dump(mode="json"), "visible": visible.to_json()})


def find(workspace: Workspace, task: Task, report: Report) -> Ending:
    """Works on ``task``; not for the web process."""
    return _ending(_FINDERS[task.kind](*_material(workspace, task), report))


def baselines_of(database: Database, workspace: Workspace, run_id: str) -> Baselines:
    """The baselines of a run, worked out here and now where nobody has done so. Raises RunError where there is no such
    run, or nothing to train or to judge them on."""
    task = task_of(workspace, store.get(database, run_id), AnalysisKind.BASELINES)
    analysis = analyses.state(database, task)
    if analysis is not None and analysis.state is IntakeState.COMPLETED:
        return read_baselines(database, analysis)
    found = find_baselines(*_material(workspace, task), _to_nobody)
    analyses.keep(database, task, _ending(found))
    return found


def read_baselines(database: Database, analysis: Analysis) -> Baselines:
    """What a completed analysis found."""
    return Baselines.read(*_contents(database, analysis))


def read_shortcuts(database: Database, analysis: Analysis) -> Shortcuts:
    """What a completed analysis found."""
    return Shortcuts.read(*_contents(database, analysis))


def _material(workspace: Workspace, task: Task) -> tuple[Dataset, ImageSize, VisibleRows]:
    dataset = load(workspace.datasets, task.dataset_id)
    image_size = ImageSize.model_validate(task.payload["image"])
    return dataset, image_size, VisibleRows.from_json(task.payload["visible"])


def _ending(found: Baselines | Shortcuts) -> Ending:
    return Ending(IntakeState.COMPLETED, total=len(found.of), result=found.result(), data=found.data())


def _contents(database: Database, analysis: Analysis) -> tuple[dict[str, object], bytes]:
    data = analyses.data_of(database, analysis.task)
    assert analysis.result is not None, "it is completed"
    assert data is not None, "it is completed"
    return analysis.result, data


def _to_nobody(_done: int, _total: int) -> None:
    """Where nobody asks how far it is."""
