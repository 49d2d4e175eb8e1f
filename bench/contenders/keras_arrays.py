"""Keras's ``fit`` on arrays in memory."""

from pathlib import Path

import keras

from bench.contenders.arrays import read
from bench.contenders.keras_net import compiled_net
from bench.contenders.keras_turns import KerasTurns
from bench.contenders.turns import Turns, take_part


def train(folder: Path, epochs: int, seed: int, turns: Turns) -> None:
    keras.utils.set_random_seed(seed)
    arrays = read(folder)
    compiled_net().fit(
        arrays.training.images,
        arrays.training.labels,
        validation_data=(arrays.validation.images, arrays.validation.labels),
        batch_size=32,
        epochs=epochs,
        callbacks=[KerasTurns(turns)],
        verbose=0,
    )


if __name__ == "__main__":
    take_part(train)
