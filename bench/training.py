"""An epoch of the same net on the same images: Layerlab, Keras, PyTorch, and the least that the machine needs for it.

``python -m bench.training`` (part of ``make bench``). Each contender is a process of its own; they take turns, so that
one computes at a time, and validation is part of every epoch. PyTorch takes part where it is installed (see
bench/requirements.txt), in the Python that the environment variable TORCH_PYTHON names, or in ours.
"""

import argparse
import statistics
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench import digits, layerlab_script, torch_python
from bench.contender import Epoch, Script, in_turn
from bench.contenders.matrix_product import OPERATIONS
from bench.table import ABSENT, Bound, ratio, spread, table
from bench.work import BATCH_SIZE, TRAINING_IMAGES, VALIDATION_IMAGES, operations_per_epoch

LAYERLAB = "Layerlab"
KERAS = "Keras, PNG files by image_dataset_from_directory"
KERAS_ARRAYS = "Keras, arrays in memory"
TORCH = "PyTorch, tensors in memory"
PRODUCT = "matrix product"

MOST = {KERAS: 0.5, TORCH: 0.9}
"""How much of whose time an epoch of Layerlab may take."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.training", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="how many epochs of each are timed")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        digits.write_folder(Path(folder))
        epochs = in_turn(_scripts(torch_python.find()), Path(folder), rounds)
    products = [epoch.seconds for epoch in epochs.pop(PRODUCT)]
    print(_heading(rounds), _table(epochs, products), "\n".join(_verdicts(epochs)), sep="\n\n")


def _scripts(torch: str | None) -> dict[str, Script]:
    scripts = {
        LAYERLAB: layerlab_script.SCRIPT,
        KERAS: Script("keras_directory"),
        KERAS_ARRAYS: Script("keras_arrays"),
        PRODUCT: Script("matrix_product"),
    }
    return scripts | {TORCH: Script("torch_arrays", torch)} if torch else scripts


def _heading(rounds: int) -> str:
    return (
        f"An epoch of {TRAINING_IMAGES:,} training and {VALIDATION_IMAGES:,} validation images (the sample set "
        f"digits, 28 × 28; 100 of its\nimages are learned from twice), batches of {BATCH_SIZE}, Adam: seconds, of "
        f"{rounds} epochs of each in turn, after one that is left out."
    )


def _table(epochs: Mapping[str, Sequence[Epoch]], products: Sequence[float]) -> str:
    seconds = {name: _seconds(done) for name, done in epochs.items()}
    heading = ["", "median", "fastest", "slowest", "÷ Keras", "÷ PyTorch", "validation accuracy"]
    rows = [
        [name, *spread(seconds[name]), *_ratios(seconds[name], seconds), f"{done[-1].val_accuracy:.4f}"]
        for name, done in epochs.items()
    ]
    return table([heading, *rows, _bound_row(products, seconds)])


def _bound_row(products: Sequence[float], seconds: Mapping[str, Sequence[float]]) -> list[str]:
    """The least that an epoch can take: its multiply-adds at the pace of the matrix products of the same rounds."""
    least = [operations_per_epoch() / (OPERATIONS / product) for product in products]
    speed = OPERATIONS / statistics.median(products) / 1e9
    name = f"bound: {operations_per_epoch() / 1e9:.0f} GFLOP at {speed:.0f} GFLOP/s"
    return [name, *spread(least), *_ratios(least, seconds), ""]


def _ratios(ours: Sequence[float], seconds: Mapping[str, Sequence[float]]) -> list[str]:
    return [f"{ratio(ours, seconds[name]):.2f}" if name in seconds else ABSENT for name in MOST]


def _verdicts(epochs: Mapping[str, Sequence[Epoch]]) -> list[str]:
    ours = _seconds(epochs[LAYERLAB])
    bounds = [
        Bound(f"Layerlab ÷ {name}", ratio(ours, _seconds(epochs[name])), most)
        for name, most in MOST.items()
        if name in epochs
    ]
    return [*map(str, bounds), *([] if TORCH in epochs else [torch_python.MISSING])]


def _seconds(epochs: Sequence[Epoch]) -> list[float]:
    return [epoch.seconds for epoch in epochs]


if __name__ == "__main__":
    main()
