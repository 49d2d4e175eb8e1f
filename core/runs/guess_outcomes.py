"""What a run answers to the question that was guessed at, by stated rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Final

import numpy as np
import pandas as pd

from core.dataset.store import load
from core.interval import wilson
from core.message import Message, mark, say
from core.runs import history
from core.runs.breakdown import is_breakdown
from core.runs.curves import ABSOLUTE_ERROR, ACCURACY, LOSS, best_epoch, is_share, validation_column
from core.runs.database import Database
from core.runs.questions import AS_FAST, FASTER, HIGHER, KINDS, LOWER, NOT_AT_ALL, SLOWER, THE_SAME, Question
from core.runs.run import Run, run_of, select_runs
from core.runs.states import RunState
from core.runs.store import run_folder
from core.runs.tables import RunRow
from core.split import read_assignment
from core.workspace import Workspace

SAME_WITHIN = 0.1
"""Two errors are about the same where the larger is at most so much larger, as a share."""

_CUT_SHORT: Final[Mapping[RunState, str]] = {
    RunState.STOPPED: mark(
        "Run {number} was stopped in epoch {epoch} of {epochs}, and nobody knows what the rest would have shown. "
        "Continue it, and there will be an answer."
    ),
    RunState.FAILED: mark(
        "Run {number} failed in epoch {epoch} of {epochs}, and nobody knows what the rest would have shown. "
        "Continue it, and there will be an answer."
    ),
    RunState.LOST: mark(
        "Run {number} was lost in epoch {epoch} of {epochs}, and nobody knows what the rest would have shown. "
        "Continue it, and there will be an answer."
    ),
}
"""Why a run that ended like this answers nothing: what it did in its first epochs is neither its pace nor its best."""


@dataclass(frozen=True)
class Outcome:
    """``answer`` is one of those of the question, by its name, and ``evidence`` says by which figures; None where it
    cannot be told, and ``evidence`` says why."""

    answer: str | None
    evidence: Message


@dataclass(frozen=True)
class Course:
    """What a run showed. ``epochs`` is what `core.runs.history.epochs` gives, ``label_counts`` how many validation
    images each class has, (classes,), empty for numbers; ``has_diverged``: its loss was not a number any more.
    ``guessing_error``: of numbers, the mean absolute error of always answering the mean of the training images, in the
    units of the data; None where that is not known."""

    number: int
    epochs: pd.DataFrame
    label_counts: np.ndarray
    has_diverged: bool = False
    guessing_error: float | None = None

    @property
    def figure(self) -> str | None:
        """What it is judged by; None where nothing was measured on the validation images."""
        known = (name for name in (ACCURACY, ABSOLUTE_ERROR, LOSS) if best_epoch(self.epochs, name) is not None)
        return next(known, None)

    def values(self, figure: str) -> pd.Series:
        """Those on the validation images, by epoch; NaN where there is none."""
        return self.epochs.set_index("epoch")[validation_column(figure)]

    @property
    def is_broken(self) -> bool:
        """Whether what it measured at its end was no number any more."""
        figure = self.figure
        return self.has_diverged or (figure is not None and not isfinite(self.values(figure).iloc[-1]))

    @property
    def images(self) -> int:
        """How many validation images have a class; 0 for numbers."""
        return int(self.label_counts.sum())

    @property
    def guessing_accuracy(self) -> float:
        """The share of the validation images that is right by always answering their most common class."""
        return float(self.label_counts.max()) / self.images

    @property
    def learns_nothing(self) -> bool:
        """Whether it `is_broken`, ended with no more images right than by always answering the most common class, or,
        of numbers, was never better than by always answering their mean.

        Where that error is not known, no epoch was better than the first. Of numbers the best epoch counts, because
        what has learned and then overfits may end at any error.
        """
        figure = self.figure
        if self.is_broken or figure is None:
            return self.is_broken
        if figure == ACCURACY:
            return self._right <= int(self.label_counts.max())
        values = self.values(figure)
        if figure == ABSOLUTE_ERROR and self.guessing_error is not None:
            return bool(values.min() >= self.guessing_error)
        return len(values) > 1 and bool(values.min() >= values.iloc[0])

    @property
    def may_be_guessing(self) -> bool:
        """Whether it ended with more images right than by always answering the most common class, but the 95 %
        interval of its accuracy (Wilson) reaches that."""
        if self.is_broken or self.figure != ACCURACY or self.learns_nothing:
            return False
        low, _high = wilson(self._right, self.images)
        return low <= self.guessing_accuracy

    @property
    def _right(self) -> int:
        """How many validation images are right after the last epoch."""
        return round(float(self.values(ACCURACY).iloc[-1]) * self.images)


def answered(database: Database, workspace: Workspace, run: Run, question: Question) -> Outcome | None:
    """What ``run`` answers; None until it and the other run have ended.

    A run that broke down has ended for good, as has a completed one. Of one that was cut short otherwise, or where the
    other run is gone, the outcome says that it cannot be told.
    """
    if run.state.is_active:
        return None
    if not _is_over(run):
        return Outcome(None, _why_cut_short(run))
    ours = _course(database, workspace, run)
    by_itself = _by_itself(question, ours)
    if by_itself is not None:
        return by_itself
    other = _run_number(database, run.project_id, question.number)
    if other is None:
        return Outcome(None, say("Run {other}, which it was to be compared with, was deleted.", other=question.number))
    if other.state.is_active:
        return None
    if not _is_over(other):
        return Outcome(None, _why_cut_short(other))
    return outcome(question, ours, _course(database, workspace, other))


def outcome(question: Question, ours: Course, theirs: Course) -> Outcome:
    """The answer of the run ``ours`` to a question about it and ``theirs``; none where one has no figures for it.

    Faster: it reached the best validation figure of the other in fewer epochs; slower: in more, or never. Not at all:
    `Course.learns_nothing`; no answer: `Course.may_be_guessing`. About the same: its best accuracy is within the 95 %
    interval of the other's (Wilson), or, of errors, the two are no more apart than `SAME_WITHIN`.
    """
    by_itself = _by_itself(question, ours)
    if by_itself is not None:
        return by_itself
    figure = theirs.figure
    if figure is None:
        return Outcome(None, _no_figures(theirs))
    if best_epoch(ours.epochs, figure) is None:
        return Outcome(None, _no_figures(ours))
    return (_speed if KINDS[question.kind].is_of_speed else _result)(figure, ours, theirs)


def _by_itself(question: Question, ours: Course) -> Outcome | None:
    """The answer that needs no other run: that it learned nothing, or that nobody can tell whether it did; None where
    it did learn, or that is not asked."""
    if not KINDS[question.kind].is_of_speed:
        return None
    if ours.learns_nothing:
        return Outcome(NOT_AT_ALL, _why_nothing(ours))
    return Outcome(None, _why_untold(ours)) if ours.may_be_guessing else None


def _why_nothing(ours: Course) -> Message:
    """By what it is known that it learned nothing."""
    if ours.is_broken:
        return say("In the end, what run {number} measured was no number any more.", number=ours.number)
    figure = ours.figure
    assert figure is not None, "without a figure nothing is known"
    if figure == ACCURACY:
        return say(
            "Run {number} ended no better than guessing: {accuracy} of the validation images are right, and always "
            "answering the most common class gets {guessing}.",
            **_beside_guessing(ours),
        )
    best, _epoch = _best(figure, ours)
    if figure == ABSOLUTE_ERROR and ours.guessing_error is not None:
        return say(
            "Run {number} was never better than guessing: its lowest error is {error}, and always answering the mean "
            "of the training images gets {guessing}.",
            number=ours.number,
            error=_written(figure, best),
            guessing=_written(figure, ours.guessing_error),
        )
    return say(
        "On the validation images run {number} was at {error} after its first epoch, and after no later one better.",
        number=ours.number,
        error=_written(figure, best),
    )


def _why_untold(ours: Course) -> Message:
    return say(
        "{images:,} validation images are too few to tell run {number} from guessing: it ended with {accuracy} of them "
        "right, and always answering the most common class gets {guessing}.",
        images=ours.images,
        **_beside_guessing(ours),
    )


def _beside_guessing(ours: Course) -> dict[str, object]:
    return {
        "number": ours.number,
        "accuracy": _written(ACCURACY, float(ours.values(ACCURACY).iloc[-1])),
        "guessing": _written(ACCURACY, ours.guessing_accuracy),
    }


def _speed(figure: str, ours: Course, theirs: Course) -> Outcome:
    best, epoch = _best(figure, theirs)
    values = ours.values(figure)
    reached = values.index[values >= best if is_share(figure) else values <= best]
    told = {"figure": _written(figure, best), "run": ours.number, "other": theirs.number, "epoch": epoch}
    if not len(reached):
        sentence = say(
            "Run {run} did not reach {figure}, the best of run {other}, which came in epoch {epoch}.",
            **told,
        )
        return Outcome(SLOWER, sentence)
    first = int(reached[0])
    answer = FASTER if first < epoch else AS_FAST if first == epoch else SLOWER
    sentence = say(
        "Run {run} reached {figure}, the best of run {other}, in epoch {first}; run {other} did in epoch {epoch}.",
        first=first,
        **told,
    )
    return Outcome(answer, sentence)


def _result(figure: str, ours: Course, theirs: Course) -> Outcome:
    (ours_best, _), (best, _) = _best(figure, ours), _best(figure, theirs)
    low, high = _about_the_same(figure, best, theirs)
    answer = LOWER if ours_best < low else HIGHER if ours_best > high else THE_SAME
    sentence = say(
        "Run {run} came to {figure} at best, run {other} to {best}; from {low} to {high} counts as about the same.",
        run=ours.number,
        other=theirs.number,
        figure=_written(figure, ours_best),
        best=_written(figure, best),
        low=_written(figure, low),
        high=_written(figure, high),
    )
    return Outcome(answer, sentence)


def _best(figure: str, course: Course) -> tuple[float, int]:
    """The best value and the first epoch that has it."""
    epoch = best_epoch(course.epochs, figure)
    assert epoch is not None, "asked for where there are figures only"
    return float(course.values(figure)[epoch]), epoch


def _about_the_same(figure: str, best: float, course: Course) -> tuple[float, float]:
    if figure != ACCURACY:
        return best / (1 + SAME_WITHIN), best * (1 + SAME_WITHIN)
    return wilson(round(best * course.images), course.images)


def _written(figure: str, value: float) -> str:
    return f"{value:.1%}" if is_share(figure) else f"{value:.4g}"


def _is_over(run: Run) -> bool:
    """Whether it has shown all that it had to show."""
    return run.state is RunState.COMPLETED or is_breakdown(run.message)


def _why_cut_short(run: Run) -> Message:
    epoch = min(run.epoch + 1, run.epochs)
    return say(_CUT_SHORT[run.state], number=run.number, epoch=epoch, epochs=run.epochs)


def _no_figures(course: Course) -> Message:
    return say("Run {number} has no figure on the validation images to compare.", number=course.number)


def _run_number(database: Database, project_id: str | None, number: int) -> Run | None:
    statement = select_runs().where(RunRow.project_id.is_not_distinct_from(project_id), RunRow.number == number)
    return next((run_of(*row) for row in database.rows(statement)), None)


def _course(database: Database, workspace: Workspace, run: Run) -> Course:
    dataset = load(workspace.datasets, run.dataset_id)
    assignment = read_assignment(run_folder(workspace, run.id) / "split.csv")
    rows = assignment.rows("validation")
    counts, guessing_error = np.zeros(0, dtype=np.int64), None
    if dataset.predicts_numbers:
        values = dataset.images["value"].to_numpy(dtype=np.float64)
        guessing_error = float(np.abs(values[rows] - values[assignment.rows("train")].mean()).mean())
    else:
        counts = np.bincount(dataset.images["label"].to_numpy()[rows].astype(np.int64), minlength=1)
    epochs = history.epochs(database, run.id)
    return Course(run.number, epochs, counts, has_diverged=is_breakdown(run.message), guessing_error=guessing_error)
