"""Whether Layerlab learns as much as Keras does: validation accuracy of the same net after a few epochs, over seeds.

``python -m bench.learning`` (part of ``make bench``). Nothing is timed.
"""

import argparse
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from scipy.stats import ttest_ind, ttest_rel

from bench import digits, layerlab_script
from bench.contender import Contender, Script
from bench.table import table

CONTENDERS = {"Layerlab": layerlab_script.SCRIPT, "Keras, arrays in memory": Script("keras_arrays")}
SIGNIFICANT = 0.05


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.learning", description=__doc__)
    parser.add_argument("--seeds", type=int, default=5, help="how many trainings of each")
    parser.add_argument("--epochs", type=int, default=5, help="how many epochs each of them has")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        digits.write_folder(Path(folder))
        accuracies = {
            name: _accuracies(script, Path(folder), arguments.epochs, arguments.seeds)
            for name, script in CONTENDERS.items()
        }
    print(f"Validation accuracy after {arguments.epochs} epochs, for each of {arguments.seeds} seeds\n")
    print(table([["", "mean", "spread", "lowest", "highest"], *(_row(*each) for each in accuracies.items())]))
    print(f"\n{comparison(*accuracies.values())}")


def _accuracies(script: Script, folder: Path, epochs: int, seeds: int) -> list[float]:
    """The last of each training."""
    with Contender(script, folder, epochs, range(seeds)) as contender:
        done = [contender.epoch() for _ in range(seeds * epochs)]
    return [epoch.val_accuracy for epoch in done[epochs - 1 :: epochs]]


def _row(name: str, accuracies: Sequence[float]) -> list[str]:
    figures = (statistics.mean(accuracies), statistics.stdev(accuracies), min(accuracies), max(accuracies))
    return [name, *(f"{figure:.4f}" for figure in figures)]


def comparison(ours: Sequence[float], theirs: Sequence[float]) -> str:
    """Welch's test takes the two as independent. The paired one knows that a seed gives both the same first weights."""
    welch = ttest_ind(ours, theirs, equal_var=False)
    paired = ttest_rel(ours, theirs)
    low, high = welch.confidence_interval(0.95)
    differ = min(welch.pvalue, paired.pvalue) < SIGNIFICANT
    return (
        f"Layerlab − Keras: {statistics.mean(ours) - statistics.mean(theirs):+.4f} (95 %: {low:+.4f} to {high:+.4f}), "
        f"p = {welch.pvalue:.2f} by Welch's test, {paired.pvalue:.2f} paired by seed:\n"
        + ("they differ." if differ else "no difference but what chance explains.")
    )


if __name__ == "__main__":
    main()
