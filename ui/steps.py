"""The steps of a project, from images to judgement, and how far each of them is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.errors import DatasetError
from core.message import mark
from core.problem import Problem
from core.quality.quality_report import QualityReport
from core.runs import checks, intakes
from core.runs import store as runs
from core.runs.checks import Check
from core.runs.evaluations import is_any_judged
from core.runs.intakes import Intake
from core.runs.projects import Project
from core.runs.states import SearchState
from core.runs.store import Run
from core.tuning.states import states_of_project
from ui import session
from ui.run_states import is_engaged


class StepState(StrEnum):
    """How far a step is. A step is done when nothing is left to do there, also when its default was right from the
    start."""

    DONE = "done"
    TO_DO = "to do"
    WORKING = "working"
    ATTENTION = "attention"

    @property
    def icon(self) -> str:
        return _ICONS[self]

    @property
    def title(self) -> str:
        """In English; to be translated."""
        return _TITLES[self]


_ICONS = {
    StepState.DONE: ":material/check_circle:",
    StepState.TO_DO: ":material/radio_button_unchecked:",
    StepState.WORKING: ":material/pending:",
    StepState.ATTENTION: ":material/error:",
}
_TITLES = {
    StepState.DONE: mark("Done"),
    StepState.TO_DO: mark("To do"),
    StepState.WORKING: mark("At work"),
    StepState.ATTENTION: mark("Needs attention"),
}


@dataclass(frozen=True)
class Step:
    """A screen on the way through a project; ``title`` and ``section`` are in English, to be translated."""

    name: str
    page: str
    title: str
    section: str


STEPS = (
    Step("images", "pages/data/images.py", mark("Images"), mark("Data")),
    Step("quality", "pages/data/quality.py", mark("Quality"), mark("Data")),
    Step("split", "pages/data/split.py", mark("Split"), mark("Data")),
    Step("layers", "pages/model/layers.py", mark("Layers"), mark("Model")),
    Step("training", "pages/model/training.py", mark("Training"), mark("Model")),
    Step("runs", "pages/train/runs.py", mark("Runs"), mark("Train")),
    Step("tune", "pages/train/tune.py", mark("Tune"), mark("Train")),
    Step("compare", "pages/train/compare.py", mark("Compare"), mark("Train")),
    Step("evaluate", "pages/judge/evaluate.py", mark("Evaluate"), mark("Judge")),
    Step("try_it", "pages/judge/try_it.py", mark("Try it"), mark("Judge")),
)


@dataclass(frozen=True)
class Progress:
    """What is known of a project. Without images, ``problems`` are empty and say nothing.

    ``check`` is the one of the images while there is no ``report`` on them. ``searches`` are their states, the newest
    first.
    """

    has_images: bool
    intake: Intake | None = None
    check: Check | None = None
    report: QualityReport | None = None
    split_problems: tuple[Problem, ...] = ()
    recipe_problems: tuple[Problem, ...] = ()
    runs: tuple[Run, ...] = ()
    searches: tuple[SearchState, ...] = ()
    is_evaluated: bool = False

    @property
    def forbids_training(self) -> bool:
        """Whether a problem has to be mended before anything is trained."""
        return any(problem.forbids_training for problem in self.split_problems + self.recipe_problems)


def progress(project: Project) -> Progress:
    """How far ``project``, the open one, is."""
    intake = intakes.latest(session.database(), project.id)
    of_project = tuple(runs.of_project(session.database(), project.id))
    try:
        dataset = session.dataset()
    except DatasetError:  # its folder is gone: the screens say so, and images can be taken in again
        dataset = None
    if dataset is None or project.draft is None:
        return Progress(has_images=False, intake=intake, runs=of_project)
    report = session.quality_report()
    return Progress(
        has_images=True,
        intake=intake,
        check=None if report else checks.state(session.database(), dataset.id),
        report=report,
        split_problems=session.problems_of_split(),
        recipe_problems=session.problems(),
        runs=of_project,
        searches=states_of_project(session.database(), project.id),
        is_evaluated=is_any_judged(session.database(), project.id),
    )


def states(known: Progress) -> dict[str, StepState]:
    """The state of each step by its name."""
    at_training = [problem for problem in known.recipe_problems if any(fix.training for fix in problem.fixes)]
    return {
        "images": _images(known),
        "quality": _quality(known),
        "split": _settings(known, known.split_problems),
        "layers": _settings(known, known.recipe_problems),
        "training": _settings(known, at_training),
        "runs": _runs(known),
        "tune": _tune(known.searches),
        "compare": StepState.DONE if sum(run.state.is_trained for run in known.runs) > 1 else StepState.TO_DO,
        "evaluate": StepState.DONE if known.is_evaluated else StepState.TO_DO,
        "try_it": StepState.DONE if any(run.state.is_trained for run in known.runs) else StepState.TO_DO,
    }


def _images(known: Progress) -> StepState:
    if known.intake is not None and known.intake.state.is_working:
        return StepState.WORKING
    if known.has_images:
        return StepState.DONE
    return StepState.ATTENTION if known.intake is not None and known.intake.state.is_trouble else StepState.TO_DO


def _quality(known: Progress) -> StepState:
    """Only a label that must be wrong needs attention; the rest is for a person to judge."""
    if known.report is not None:
        return StepState.ATTENTION if known.report.of("label_conflicts") else StepState.DONE
    if known.check is None:
        return StepState.TO_DO
    if not known.check.state.is_finished:
        return StepState.WORKING
    return StepState.ATTENTION if known.check.state.is_trouble else StepState.TO_DO


def _settings(known: Progress, problems: Collection[Problem]) -> StepState:
    if not known.has_images:
        return StepState.TO_DO
    return StepState.ATTENTION if any(problem.forbids_training for problem in problems) else StepState.DONE


def _runs(known: Progress) -> StepState:
    if not known.runs:
        return StepState.TO_DO
    if any(is_engaged(run) for run in known.runs):
        return StepState.WORKING
    newest = known.runs[0].state
    if newest.is_paused:
        return StepState.TO_DO
    return StepState.ATTENTION if newest.is_trouble else StepState.DONE


def _tune(searches: Sequence[SearchState]) -> StepState:
    if any(state.is_working for state in searches):
        return StepState.WORKING
    if searches and searches[0].is_trouble:
        return StepState.ATTENTION
    is_done = any(state.is_finished and not state.is_trouble for state in searches)
    return StepState.DONE if is_done else StepState.TO_DO
