"""Keras as most people write it: image files in class folders, ``image_dataset_from_directory`` and ``fit``."""

from pathlib import Path

import keras

from bench.contenders.keras_net import compiled_net
from bench.contenders.keras_turns import KerasTurns
from bench.contenders.turns import Turns, take_part


def train(folder: Path, epochs: int, seed: int, turns: Turns) -> None:
    keras.utils.set_random_seed(seed)
    training, validation = (
        keras.utils.image_dataset_from_directory(
            folder / part, color_mode="grayscale", image_size=(28, 28), batch_size=32, seed=seed
        )
        for part in ("training", "validation")
    )
    compiled_net().fit(training, validation_data=validation, epochs=epochs, callbacks=[KerasTurns(turns)], verbose=0)


if __name__ == "__main__":
    take_part(train)
