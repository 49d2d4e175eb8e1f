"""What a run answers to the question that was guessed at, by stated rules."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.dataset.store import load
from core.interval import wilson
from core.message import Message, say
from core.runs import history
from core.runs.breakdown import is_breakdown
from core.runs.curves import ABSOLUTE_ERROR, ACCURACY, LOSS, best_epoch, is_share, validation_column
from core.runs.database import Database
from core.runs.questions import AS_FAST, FASTER, HIGHER, KINDS, LOWER, NOT_AT_ALL, SLOWER, THE_SAME, Question
from core.runs.run import Run, run_of, select_runs
from core.runs.store import run_folder
from core.runs.tables import RunRow
from core.split import read_assignment
from core.workspace import Workspace

SAME_WITHIN = 0.1
"""Two errors are about the same where the larger is at most so much larger, as a share."""


@dataclass(frozen=True)
class Outcome:
    """``answer`` is one of those of the question, by its name; ``evidence`` says by which figures."""

    answer: str
    evidence: Message


@dataclass(frozen=True)
class Course:
    """What a run showed. ``epochs`` is what `core.runs.history.epochs` gives, ``label_counts`` how many validation
    images each class has, (classes,), empty for numbers; ``has_diverged``: its loss was not a number any more."""

    number: int
    epochs: pd.DataFrame
    label_counts: np.ndarray
    has_diverged: bool = False

    @property
    def figure(self) -> str | None:
        """What it is judged by; None where nothing was measured on the validation images."""
        known = (name for name in (ACCURACY, ABSOLUTE_ERROR, LOSS) if best_epoch(self.epochs, name) is not None)
        return next(known, None)

    def values(self, figure: str) -> pd.Series:
        """Those on the validation images, by epoch; NaN where there is none."""
        return self.epochs.set_index("epoch")[validation_column(figure)]

    @property
    def learns_nothing(self) -> bool:
        """Whether it ended at chance: with a loss that is no number, with an accuracy whose 95 % interval reaches what
        the most common class alone would give, or, of numbers, with no lower an error than after the first epoch."""
        figure = self.figure
        if self.has_diverged or figure is None:
            return self.has_diverged
        values = self.values(figure)
        if figure != ACCURACY:
            return len(values) > 1 and not values.iloc[-1] < values.iloc[0]
        images = int(self.label_counts.sum())
        low, _high = wilson(round(float(values.iloc[-1]) * images), images)
        return low <= float(self.label_counts.max()) / images


def answered(database: Database, workspace: Workspace, run: Run, question: Question) -> Outcome | None:
    """What ``run`` answers; None until it and the other run are over, and where the other is gone."""
    statement = select_runs().where(RunRow.project_id == run.project_id, RunRow.number == question.number)
    others = [run_of(*row) for row in database.rows(statement)]
    if not others or not _is_over(run) or not _is_over(others[0]):
        return None
    return outcome(question, _course(database, workspace, run), _course(database, workspace, others[0]))


def outcome(question: Question, ours: Course, theirs: Course) -> Outcome | None:
    """The answer of the run ``ours`` to a question about it and ``theirs``; None where one has no figures for it.

    Faster: it reached the best validation figure of the other in fewer epochs; slower: in more, or never. Not at all:
    `Course.learns_nothing`. About the same: its best accuracy is within the 95 % interval of the other's (Wilson), or,
    of errors, the two are no more apart than `SAME_WITHIN`.
    """
    is_of_speed = KINDS[question.kind].is_of_speed
    if is_of_speed and ours.learns_nothing:
        return Outcome(NOT_AT_ALL, say("Run {number} ended where guessing would.", number=ours.number))
    figure = theirs.figure
    if figure is None or best_epoch(ours.epochs, figure) is None:
        return None
    return _speed(figure, ours, theirs) if is_of_speed else _result(figure, ours, theirs)


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
    images = int(course.label_counts.sum())
    return wilson(round(best * images), images)


def _written(figure: str, value: float) -> str:
    return f"{value:.1%}" if is_share(figure) else f"{value:.4g}"


def _is_over(run: Run) -> bool:
    return run.state.is_trained or is_breakdown(run.message)


def _course(database: Database, workspace: Workspace, run: Run) -> Course:
    dataset = load(workspace.datasets, run.dataset_id)
    rows = read_assignment(run_folder(workspace, run.id) / "split.csv").rows("validation")
    labels = dataset.images["label"].to_numpy()[rows].astype(np.int64)
    counts = np.bincount(labels, minlength=1) if not dataset.predicts_numbers else np.zeros(0, dtype=np.int64)
    return Course(run.number, history.epochs(database, run.id), counts, has_diverged=is_breakdown(run.message))
