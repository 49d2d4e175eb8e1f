"""The images that a command is given."""

import argparse
from typing import TYPE_CHECKING

from core.cli.output import problem_line, say_line

if TYPE_CHECKING:
    from core.dataset.store import Dataset
    from core.split import Assignment

DATA = (
    "a zip or a folder of class folders, a table of labels (CSV) beside its images, a sample set (digits, animals, "
    "gauges, bursts), or a public set from the network (fashion_mnist, cifar10)"
)


def add_data(parser: argparse.ArgumentParser) -> None:
    """Lets a command take images by ``--data``."""
    parser.add_argument("--data", required=True, metavar="DATA", help=DATA)


def take_in(data: str) -> "Dataset":
    """The dataset of ``data``, taken into the workspace if it is not yet there."""
    from core.dataset import intake
    from core.dataset.sources import open_source
    from core.workspace import Workspace

    dataset = intake.take_in(open_source(data), Workspace.from_environment().datasets, lambda done, total: None)
    labels = "with a number each" if dataset.predicts_numbers else f"in {len(dataset.class_names):,} classes"
    say_line(f"{dataset.name}: {len(dataset.images):,} images {labels}, {len(dataset.refused):,} files refused")
    return dataset


def say_what_was_opened(dataset: "Dataset", assignment: "Assignment") -> None:
    """Says where images that were opened as test images before are for training or validation now."""
    from core.runs.database import Database
    from core.runs.openings import moved_problem
    from core.workspace import Workspace

    problem = moved_problem(Database.open(Workspace.from_environment()), dataset.images, assignment)
    if problem is not None:
        say_line(problem_line(problem))
