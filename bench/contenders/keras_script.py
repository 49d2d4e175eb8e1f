"""From a zip archive to a trained net with Keras, as most people write it: ``… keras_script ZIP EPOCHS``.

It prints the accuracy on the validation images. As in TensorFlow's tutorials, these are half of the batches that
``validation_split`` sets aside; the other half is for testing.
"""

import json
import sys
import tempfile
import zipfile

import keras

from bench.contenders.keras_net import compiled_net


def main() -> None:
    path, epochs = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
        training, held_out = keras.utils.image_dataset_from_directory(
            folder, validation_split=0.3, subset="both", seed=0, color_mode="grayscale", image_size=(28, 28)
        )
        validation = held_out.take(held_out.cardinality() // 2)
        history = compiled_net().fit(training, validation_data=validation, epochs=int(epochs), verbose=2).history
    print(json.dumps({"val_accuracy": history["val_accuracy"][-1]}), flush=True)


if __name__ == "__main__":
    main()
