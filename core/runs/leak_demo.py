"""What a split hides that tears look-alikes apart: the same recipe, trained once on such a split and once on an honest
one.

Both runs are one series. Their names tell which is which.
"""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from sqlalchemy import select

from core.dataset import store as datasets
from core.dataset.store import Dataset
from core.errors import RecipeError
from core.interval import wilson
from core.message import mark, say
from core.quality.store import near_pairs
from core.recipe import Recipe
from core.runs.admission import admit_assigned, checked_split, generated_names, refuse_errors
from core.runs.database import Database
from core.runs.machine import memory_bytes
from core.runs.run import Run
from core.runs.series import fold_figures, join, runs_of
from core.runs.series_kinds import DEMONSTRATION, is_demonstration, is_in_series_of, new_series
from core.runs.store import run_folder
from core.runs.tables import RunRow
from core.split import Split, read_assignment
from core.workspace import Workspace

SCATTERED, TOGETHER = "scattered", "together"
NAMES = {SCATTERED: mark("random split"), TOGETHER: mark("kept together")}
"""What the two runs are called, in English; to be translated."""


@dataclass(frozen=True)
class Demonstration:
    """The two runs, as they stood when they were read."""

    series: str
    scattered: Run
    together: Run

    @property
    def is_active(self) -> bool:
        """Whether more is to come from either."""
        return self.scattered.state.is_active or self.together.state.is_active


@dataclass(frozen=True)
class Outcome:
    """What both reached on their validation images.

    ``figures``: one row per split, the random one first, with the columns split (`SCATTERED` or `TOGETHER`), number (of
    the run), images (validation images), value, low and high (95 % interval of an accuracy; NaN for an error).
    ``figure`` is ``accuracy`` (0–1), or ``mean_absolute_error`` in the units of the data.
    """

    figure: str
    figures: pd.DataFrame

    @property
    def scattered(self) -> float:
        """What the random split promises."""
        return float(self.figures["value"].iloc[0])

    @property
    def together(self) -> float:
        """What the net does on what it has not seen."""
        return float(self.figures["value"].iloc[1])

    @property
    def illusion(self) -> float:
        """By how much the random split flatters: in shares of right answers, or in units of the data."""
        return self.scattered - self.together if self.figure == "accuracy" else self.together - self.scattered

    @property
    def is_clear(self) -> bool:
        """Whether that is more than chance makes: the intervals of the accuracies do not meet. An error has none; it
        has to be a tenth larger."""
        if self.figure == "accuracy":
            return bool(self.figures["low"].iloc[0] > self.figures["high"].iloc[1])
        return self.illusion > 0.1 * self.scattered


def honest_split(split: Split, dataset: Dataset, *, has_look_alikes: bool) -> Split | None:
    """``split`` with what belongs together kept together: as it says, else by the groups that the images came with,
    else look-alikes, where some are known, else identical images. None where no two images belong together."""
    images = dataset.images
    alone = split.model_copy(update={"given": False, "folds": 0, "fold": 0})
    if split.keep_together in ("group", "near"):
        return alone
    if (images["group"] != "").any():
        return alone.model_copy(update={"keep_together": "group", "group_pattern": ""})
    if has_look_alikes:
        return alone.model_copy(update={"keep_together": "near"})
    return alone.model_copy(update={"keep_together": "exact"}) if images["pixel_hash"].duplicated().any() else None


def scattered_split(honest: Split) -> Split:
    """``honest`` with the same shares and the same seed, and nothing kept together."""
    return honest.model_copy(update={"keep_together": "nothing", "group_pattern": ""})


def start(
    database: Database, workspace: Workspace, recipe: Recipe, dataset_id: str, project_id: str | None
) -> Demonstration:
    """Queues both runs of ``recipe``, first that on the random split.

    While one of them is queued, running or paused, it is the one that is meant. Raises RecipeError where nothing
    belongs together, or where ``recipe`` cannot be trained on one of the splits, and DatasetError for a dataset that is
    not there; nothing is queued then.
    """
    dataset = datasets.load(workspace.datasets, dataset_id)
    refuse_errors(recipe.problems(len(dataset.class_names), memory_bytes()))
    honest = honest_split(recipe.split, dataset, has_look_alikes=_has_look_alikes(dataset))
    if honest is None:
        raise RecipeError(
            say("No two of these images are known to belong together, so a random split hides nothing here.")
        )
    prepared = []
    for name, split in ((SCATTERED, scattered_split(honest)), (TOGETHER, honest)):
        each = recipe.model_copy(update={"split": split})
        prepared.append((name, each, checked_split(each, dataset)))

    series = new_series(DEMONSTRATION)
    for name, each, assignment in prepared:
        names = _names(database.now(), name)
        run_id = admit_assigned(database, workspace, each, dataset, assignment, project_id, names=names, series=series)
        series = join(database, run_id, series)
    found = read(database, series)
    assert found is not None
    return found


def latest(database: Database, project_id: str | None, dataset_id: str) -> Demonstration | None:
    """The last demonstration of a project on a dataset; none where there was none, or one of its runs was deleted."""
    statement = (
        select(RunRow.series)
        .where(
            RunRow.project_id.is_not_distinct_from(project_id),
            RunRow.dataset_id == dataset_id,
            is_in_series_of(DEMONSTRATION),
        )
        .order_by(RunRow.number.desc())
        .limit(1)
    )
    rows = database.rows(statement)
    return read(database, rows[0][0]) if rows else None


def read(database: Database, series: str) -> Demonstration | None:
    """The demonstration with this name; none where not both of its runs are there."""
    of_part = {part_of(run): run for run in runs_of(database, series)}
    if SCATTERED not in of_part or TOGETHER not in of_part:
        return None
    return Demonstration(series, of_part[SCATTERED], of_part[TOGETHER])


def part_of(run: Run) -> str | None:
    """Which of the two runs of a demonstration ``run`` is, as a name of `NAMES`; none for any other run."""
    if not is_demonstration(run.series):
        return None
    return SCATTERED if run.recipe.split.keep_together == "nothing" else TOGETHER


def outcome(database: Database, workspace: Workspace, demonstration: Demonstration) -> Outcome | None:
    """What came out; none until both runs have a model."""
    table = fold_figures(database, demonstration.series).set_index("run_id")
    figure = "accuracy" if "val_accuracy" in table else "mean_absolute_error"
    runs = {SCATTERED: demonstration.scattered, TOGETHER: demonstration.together}
    if f"val_{figure}" not in table or not all(run.id in table.index for run in runs.values()):
        return None
    rows = []
    for name, run in runs.items():
        value = float(table.loc[run.id, f"val_{figure}"])
        images = read_assignment(run_folder(workspace, run.id) / "split.csv").counts()["validation"]
        low, high = wilson(round(value * images), images) if figure == "accuracy" else (float("nan"),) * 2
        rows.append((name, run.number, images, value, low, high))
    return Outcome(figure, pd.DataFrame(rows, columns=["split", "number", "images", "value", "low", "high"]))


def _names(now: datetime, split: str) -> list[str]:
    """Names such as ``20260131-142500-scattered``."""
    names = generated_names(now)
    return [f"{next(names)}-{split}" for _ in range(100)]


def _has_look_alikes(dataset: Dataset) -> bool:
    pairs = near_pairs(dataset)
    return pairs is not None and len(pairs) > 0
