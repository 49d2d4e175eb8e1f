"""From a file of Keras to layers of a recipe, without Keras: the file is read as data, and nothing in it is run."""

from core.architecture.keras_file.imported_net import ImportedNet, read_keras_model

__all__ = ["ImportedNet", "read_keras_model"]
