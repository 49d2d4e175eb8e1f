from types import SimpleNamespace

import pytest

from core.message import say
from core.problem import Fix, Problem, Severity
from core.quality.quality_report import QualityReport
from core.runs.states import IntakeState, RunState, SearchState
from ui.steps import STEPS, Progress, StepState, states

AT_A_LAYER = Problem((2,), say("The pool is larger than its input."))
AT_THE_TRAINING = Problem(
    (2,), say("Loss and output do not fit."), (Fix(say("Take another loss"), training={"loss": "mean_squared_error"}),)
)
ONLY_A_WARNING = Problem(None, say("No test set."), severity=Severity.WARNING)


def intake(state):
    return SimpleNamespace(state=state)


def report_of(*kinds):
    return QualityReport(9, tuple(SimpleNamespace(kind=kind) for kind in kinds))


def run(state):
    return SimpleNamespace(state=state)


@pytest.mark.parametrize(
    ("known", "step", "expected"),
    [
        (Progress(has_images=False), "images", StepState.TO_DO),
        (Progress(has_images=False, intake=intake(IntakeState.WORKING)), "images", StepState.WORKING),
        (Progress(has_images=True, intake=intake(IntakeState.WORKING)), "images", StepState.WORKING),
        (Progress(has_images=False, intake=intake(IntakeState.FAILED)), "images", StepState.ATTENTION),
        (Progress(has_images=True, intake=intake(IntakeState.FAILED)), "images", StepState.DONE),
        (Progress(has_images=True), "quality", StepState.TO_DO),
        (Progress(has_images=True, check=intake(IntakeState.WORKING)), "quality", StepState.WORKING),
        (Progress(has_images=True, check=intake(IntakeState.LOST)), "quality", StepState.ATTENTION),
        (Progress(has_images=True, report=report_of()), "quality", StepState.DONE),
        (Progress(has_images=True, report=report_of("dark")), "quality", StepState.DONE),
        (Progress(has_images=True, report=report_of("label_conflicts")), "quality", StepState.ATTENTION),
        (Progress(has_images=False), "split", StepState.TO_DO),
        (Progress(has_images=True), "split", StepState.DONE),
        (Progress(has_images=True, split_problems=(AT_THE_TRAINING,)), "split", StepState.ATTENTION),
        (Progress(has_images=True, split_problems=(ONLY_A_WARNING,)), "split", StepState.DONE),
        (Progress(has_images=True, recipe_problems=(AT_A_LAYER,)), "layers", StepState.ATTENTION),
        (Progress(has_images=True, recipe_problems=(AT_A_LAYER,)), "training", StepState.DONE),
        (Progress(has_images=True, recipe_problems=(AT_THE_TRAINING,)), "training", StepState.ATTENTION),
        (Progress(has_images=True), "runs", StepState.TO_DO),
        (Progress(has_images=True, runs=(run(RunState.QUEUED),)), "runs", StepState.WORKING),
        (Progress(has_images=True, runs=(run(RunState.PAUSED), run(RunState.COMPLETED))), "runs", StepState.TO_DO),
        (Progress(has_images=True, runs=(run(RunState.PAUSED), run(RunState.RUNNING))), "runs", StepState.WORKING),
        (Progress(has_images=True, runs=(run(RunState.COMPLETED), run(RunState.LOST))), "runs", StepState.DONE),
        (Progress(has_images=True, runs=(run(RunState.LOST), run(RunState.COMPLETED))), "runs", StepState.ATTENTION),
        (Progress(has_images=True, runs=(run(RunState.STOPPED), run(RunState.FAILED))), "compare", StepState.TO_DO),
        (Progress(has_images=True, runs=(run(RunState.STOPPED), run(RunState.COMPLETED))), "compare", StepState.DONE),
        (Progress(has_images=True), "tune", StepState.TO_DO),
        (Progress(has_images=True, searches=(SearchState.STOPPED, SearchState.RUNNING)), "tune", StepState.WORKING),
        (Progress(has_images=True, searches=(SearchState.PAUSED,)), "tune", StepState.TO_DO),
        (Progress(has_images=True, searches=(SearchState.PAUSED, SearchState.STOPPED)), "tune", StepState.DONE),
        (Progress(has_images=True, searches=(SearchState.COMPLETED, SearchState.FAILED)), "tune", StepState.DONE),
        (Progress(has_images=True, searches=(SearchState.FAILED, SearchState.COMPLETED)), "tune", StepState.ATTENTION),
        (Progress(has_images=True), "evaluate", StepState.TO_DO),
        (Progress(has_images=True, is_evaluated=True), "evaluate", StepState.DONE),
        (Progress(has_images=True, runs=(run(RunState.RUNNING),)), "try_it", StepState.TO_DO),
        (Progress(has_images=True, runs=(run(RunState.RUNNING), run(RunState.STOPPED))), "try_it", StepState.DONE),
    ],
)
def test_the_state_of_a_step_follows_from_what_is_known(known, step, expected):
    assert states(known)[step] is expected


def test_every_step_has_a_state_and_every_state_an_icon():
    assert set(states(Progress(has_images=False))) == {step.name for step in STEPS}
    assert len({state.icon for state in StepState}) == len(StepState)


@pytest.mark.parametrize(
    ("problems", "is_forbidden"), [((), False), ((ONLY_A_WARNING,), False), ((ONLY_A_WARNING, AT_A_LAYER), True)]
)
def test_only_errors_forbid_training(problems, is_forbidden):
    assert Progress(has_images=True, recipe_problems=problems).forbids_training is is_forbidden
