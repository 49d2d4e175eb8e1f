"""What the answer of a lesson goes by: the trials of its search with what their runs measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from core.dataset.store import load
from core.interval import wilson
from core.recipe import Recipe
from core.runs import history
from core.runs.breakdown import is_breakdown
from core.runs.database import Database
from core.runs.guess_outcomes import Course
from core.split import assign
from core.tuning.searches import Search
from core.tuning.trial_states import COMPLETE, RUNNING
from core.workspace import Workspace


@dataclass(frozen=True, eq=False)
class Tried:
    """One setting that was tried, with its ``labels`` by their paths.

    ``course`` is what its run showed from epoch to epoch, ``losses`` the training loss of each update, float64
    (updates,). ``is_complete``: it has come to a model; else it broke down, was ended early or failed otherwise.
    """

    labels: Mapping[str, Any]
    is_complete: bool
    course: Course
    losses: np.ndarray

    @property
    def epochs(self) -> int:
        """How many are done."""
        return len(self.course.epochs)

    @property
    def has_diverged(self) -> bool:
        """Whether its loss was not a number any more."""
        return self.course.has_diverged

    @property
    def is_above_guessing(self) -> bool:
        """Whether it has ended with clearly more right than by always answering the most common class."""
        return self.epochs > 0 and not (self.course.learns_nothing or self.course.may_be_guessing)

    def first(self, figure: str) -> float:
        """``figure``, a column of `core.runs.history.epochs`, after the first epoch; NaN where there is none."""
        return self._figure(figure, 0)

    def last(self, figure: str) -> float:
        """``figure`` after the last epoch, which is that of the model; NaN where there is none."""
        return self._figure(figure, -1)

    def _figure(self, figure: str, position: int) -> float:
        return float(self.course.epochs[figure].iloc[position]) if self.epochs else float("nan")


@dataclass(frozen=True, eq=False)
class Evidence:
    """``tried``: each setting once, in no certain order. ``label_counts``: how many validation images each class has,
    (classes,). ``wanted``: how many settings there are to try."""

    recipe: Recipe
    tried: tuple[Tried, ...]
    training_images: int
    label_counts: np.ndarray
    wanted: int

    @property
    def complete(self) -> tuple[Tried, ...]:
        """Those that have come to a model."""
        return tuple(each for each in self.tried if each.is_complete and each.epochs)

    def interval(self, accuracy: float) -> tuple[float, float]:
        """The 95 % interval of an accuracy on the validation images."""
        images = int(self.label_counts.sum())
        return wilson(round(accuracy * images), images)

    def is_about(self, accuracy: float, best: float) -> bool:
        """Whether ``accuracy`` is as good as ``best``, but for what chance makes: within its 95 % interval."""
        low, high = self.interval(best)
        return low <= accuracy <= high


def evidence(database: Database, workspace: Workspace, search: Search, table: pd.DataFrame) -> Evidence:
    """What ``search`` has found; ``table`` is what `core.tuning.trials.trials` gives. Of a setting that was tried again
    the last attempt counts. Raises DatasetError where its images are gone."""
    dataset = load(workspace.datasets, search.dataset_id)
    assignment = assign(search.recipe.split, dataset.images)
    labels = dataset.images["label"].to_numpy()[assignment.rows("validation")].astype(np.int64)
    label_counts = np.bincount(labels, minlength=len(dataset.class_names))
    paths = list(search.space.parameters)
    over = table[(table["state"] != RUNNING) & table["run_id"].notna()].drop_duplicates(paths, keep="last")
    return Evidence(
        recipe=search.recipe,
        tried=tuple(_tried(database, trial, paths, label_counts) for _number, trial in over.iterrows()),
        training_images=assignment.counts()["train"],
        label_counts=label_counts,
        wanted=search.trials,
    )


def _tried(database: Database, trial: pd.Series, paths: list[str], label_counts: np.ndarray) -> Tried:
    epochs = history.epochs(database, trial["run_id"])
    course = Course(int(trial["run_number"]), epochs, label_counts, has_diverged=is_breakdown(trial["reason"]))
    losses = history.steps(database, trial["run_id"])["loss"].to_numpy(dtype=np.float64)
    return Tried({path: trial[path] for path in paths}, trial["state"] == COMPLETE, course, losses)
