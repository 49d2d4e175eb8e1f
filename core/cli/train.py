"""``train RECIPE --data DATA [--run NAME]``: a whole run, without the test set."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from core.cli.data import add_data, say_what_was_opened, take_in
from core.cli.output import problem_line, say_line
from core.cli.training import epoch_report, tell_of_training
from core.problem import Problem
from core.recipe import Recipe, load

if TYPE_CHECKING:
    from core.dataset.store import Dataset


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("recipe", type=Path, metavar="RECIPE", help="a recipe file, YAML or JSON")
    add_data(parser)
    parser.add_argument("--run", metavar="NAME", help="the name of the run; without it one is made")


def run(options: argparse.Namespace) -> int:
    """A whole run in the foreground: takes the images in, trains, and leaves the test set alone."""
    from core.runs import foreground
    from core.runs.admission import checked_split
    from core.runs.database import Database
    from core.runs.datasets import register_dataset
    from core.workspace import Workspace

    workspace = Workspace.from_environment()
    recipe = load(options.recipe)
    database = Database.open(workspace)
    dataset = take_in(options.data)
    register_dataset(database, dataset)

    for problem in _warnings_of_numbers(recipe, dataset):
        say_line(problem_line(problem))
    say_what_was_opened(dataset, checked_split(recipe, dataset, may_search=True))
    run = foreground.train(database, workspace, recipe, dataset.id, options.run, epoch_report(recipe))
    return tell_of_training(database, workspace, run, as_json=options.json)


def _warnings_of_numbers(recipe: Recipe, dataset: "Dataset") -> list[Problem]:
    """What would make a run on numbers a disappointment; what forbids it is refused where it begins."""
    from core.objective.number_scale import NumberScale

    if not dataset.predicts_numbers:
        return []
    problems = recipe.problems(0, numbers=NumberScale.of(dataset.images["value"].tolist()))
    return [problem for problem in problems if not problem.forbids_training]
