"""Layerlab's own training loop."""

from pathlib import Path

from bench import layerlab_epoch
from bench.contenders.arrays import read
from bench.contenders.turns import Turns, take_part


def train(folder: Path, epochs: int, seed: int, turns: Turns) -> None:
    def after_epoch(epoch: int, val_accuracy: float | None) -> None:
        turns.done(val_accuracy)
        if epoch < epochs:
            turns.wait()

    arrays = read(folder)
    turns.wait()
    layerlab_epoch.train(arrays, epochs, seed, after_epoch)


if __name__ == "__main__":
    take_part(train)
