"""``split RECIPE --data DATA --out FILE.csv``: which image belongs to which part."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from core.cli.data import add_data, say_what_was_opened, take_in
from core.cli.output import print_json, problem_line, say_line
from core.errors import LayerlabError
from core.message import say
from core.recipe import Recipe, load

if TYPE_CHECKING:
    import pandas as pd

    from core.dataset.store import Dataset


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("recipe", type=Path, metavar="RECIPE", help="a recipe file, YAML or JSON")
    add_data(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.csv", help="where to write path,label,split")


def run(options: argparse.Namespace) -> int:
    """Assigns every image of a dataset and writes the CSV."""
    from core.quality.clusters import clusters_of
    from core.split import assign, leak_report, split_problems, write_assignment

    recipe = load(options.recipe)
    dataset = take_in(options.data)
    pairs = _look_alikes(recipe, dataset)
    clusters = None if pairs is None else clusters_of(pairs, len(dataset.images))
    assignment = assign(recipe.split, dataset.images, clusters)
    try:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        write_assignment(assignment, dataset.images, options.out)
    except OSError as error:
        raise LayerlabError(
            say("{file} cannot be written: {reason}. Choose another file.", file=str(options.out), reason=str(error))
        ) from error
    labels = dataset.images["label"]
    for problem in split_problems(assignment, dataset.class_names, labels, recipe.split, dataset.images, clusters):
        say_line(problem_line(problem))
    say_what_was_opened(dataset, assignment)
    per_class = assignment.counts_per_class(dataset.class_names, labels)
    leaks = leak_report(recipe.split, dataset.images, pairs)
    result = {
        "counts": assignment.counts(),
        "classes": {
            name: dict(zip(rows["part"], rows["images"], strict=True)) for name, rows in per_class.groupby("class_name")
        },
        "clusters": leaks.clusters,
        "leaks_before": leaks.before,
        "leaks_after": leaks.after,
        "refused": [
            {"path": path, "reason": str(reason)} for path, reason in dataset.refused[["path", "reason"]].to_numpy()
        ],
    }
    if options.json:
        print_json(result)
        return 0
    print(", ".join(f"{part} {images:,}" for part, images in assignment.counts().items()))
    print(f"{len(dataset.refused):,} files refused; written: {options.out}")
    return 0


def _look_alikes(recipe: Recipe, dataset: "Dataset") -> "pd.DataFrame | None":
    """The pairs of images that look alike, where the recipe keeps those together; searched for if they are not
    known."""
    if recipe.split.keep_together != "near":
        return None
    from core.quality.check import ensure_pairs

    return ensure_pairs(dataset)
