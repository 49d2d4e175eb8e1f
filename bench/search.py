"""Whether TPE finds settings at least as good as random search does: the best of 20 trials on the digits, over seeds.

``python -m bench.search`` (``make bench-search``). Nothing is timed. It trains ``2 × seeds × trials`` small nets.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from bench.digits import SAMPLE
from bench.table import table
from core.dataset.intake import take_in
from core.dataset.sources import open_source
from core.recipe import Recipe, parse
from core.runs.database import Database
from core.runs.engine import ensure_engine
from core.runs.shutdown import shut_down
from core.tuning import searches
from core.tuning.space import SearchSpace
from core.tuning.space import parse as parse_space
from core.tuning.trials import best_k, trials
from core.workspace import Workspace

SAMPLERS = ("tpe", "random")
LOOK_SECONDS = 0.5

RECIPE = """
image: {height: 28, width: 28, channels: 1}
layers:
  - {kind: Conv2D, filters: 8, kernel_size: 3, activation: relu}
  - {kind: MaxPooling2D, pool_size: 4}
  - {kind: Flatten}
  - {kind: Dropout, rate: 0.2}
  - {kind: Dense, units: 10, activation: softmax}
training:
  loss: sparse_categorical_crossentropy
  optimizer: {kind: Adam, learning_rate: 0.001}
  batch_size: 64
  epochs: 2
"""
SPACE = """
parameters:
  training.optimizer.learning_rate: {low: 0.00001, high: 1.0, log: true}
  layers.0.filters: {choices: [2, 4, 8, 16]}
  layers.3.rate: {low: 0.0, high: 0.8}
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--seeds", type=int, default=5, help="how many searches of each")
    parser.add_argument("--trials", type=int, default=20, help="how many trials each search has")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        workspace = Workspace.at(Path(home))
        try:
            bests = _bests(workspace, arguments.trials, range(arguments.seeds))
        finally:
            shut_down(workspace)
    print(f"Validation accuracy of the best of {arguments.trials} trials, for each of {arguments.seeds} seeds\n")
    print(table([["", "median", "lowest", "highest"], *(_row(sampler, bests[sampler]) for sampler in SAMPLERS)]))
    tpe, random = (statistics.median(bests[sampler]) for sampler in SAMPLERS)
    print(f"\nMedian of TPE − median of random: {tpe - random:+.4f}")


def _bests(workspace: Workspace, count: int, seeds: range) -> dict[str, list[float]]:
    """The best accuracy of each search, by sampler; the samplers take turns."""
    database = Database.open(workspace)
    dataset = take_in(open_source(SAMPLE), workspace.datasets, lambda done, total: None)
    recipe, space = parse(RECIPE), parse_space(SPACE)
    bests: dict[str, list[float]] = {sampler: [] for sampler in SAMPLERS}
    for seed in seeds:
        for sampler in SAMPLERS:
            wanted = space.model_copy(update={"sampler": sampler, "seed": seed})
            bests[sampler].append(_best(database, workspace, dataset.id, recipe, wanted, count))
            print(f"seed {seed}  {sampler}: {bests[sampler][-1]:.4f}", flush=True)
    return bests


def _best(
    database: Database, workspace: Workspace, dataset_id: str, recipe: Recipe, space: SearchSpace, count: int
) -> float:
    search = searches.create(database, workspace, None, dataset_id, recipe, space, trials=count)
    while not searches.get(database, search.id).is_at_rest:
        ensure_engine(workspace)
        time.sleep(LOOK_SECONDS)
    return float(best_k(trials(database, search.id), space)["value"].iloc[0])


def _row(sampler: str, bests: list[float]) -> list[str]:
    return [sampler, *(f"{figure:.4f}" for figure in (statistics.median(bests), min(bests), max(bests)))]


if __name__ == "__main__":
    main()
