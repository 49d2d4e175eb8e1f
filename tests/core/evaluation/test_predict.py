"""One loaded model for all that ask it. That its answers are those of Keras is shown in tests/core/training."""

import sys
from concurrent.futures import ThreadPoolExecutor

import keras
import numpy as np
import pytest

from core.errors import RunError
from core.evaluation.predict import Predictor, predict
from core.training.build import build
from core.training.export_files import save_model
from tests.core.training.nets import SMALL_NET, recipe_of, some_images


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """An exported model, and the Keras model that it was made from."""
    keras.utils.set_random_seed(0)
    folder = tmp_path_factory.mktemp("model")
    trained = build(recipe_of(SMALL_NET))
    save_model(trained, SMALL_NET, folder)
    return folder / "model.tflite", trained


def test_a_predictor_answers_again_and_again_for_any_number_of_images(model):
    file, trained = model
    predictor = Predictor(file)
    for count in (1, 300, 2, 1):
        images, _ = some_images(count)
        expected = trained.predict(images.astype(np.float32), verbose=0)
        np.testing.assert_allclose(predictor.predict(images), expected, atol=1e-5)
        np.testing.assert_array_equal(predict(file, images), predictor.predict(images))


def test_threads_that_share_a_predictor_each_get_their_own_answers(model):
    predictor = Predictor(model[0])
    asked = [some_images(count, seed=count)[0] for count in range(1, 33)]
    expected = [predictor.predict(images) for images in asked]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(predictor.predict, asked))
    assert all(np.array_equal(one, other) for one, other in zip(found, expected, strict=True))


class Watched:
    """An array in a file, as it were: keeps which rows were read at once."""

    def __init__(self, array: np.ndarray) -> None:
        self.array = array
        self.read: list[list[int]] = []

    def __len__(self) -> int:
        return len(self.array)

    def __getitem__(self, rows: np.ndarray) -> np.ndarray:
        self.read.append(rows.tolist())
        return self.array[rows]


def test_of_many_images_only_those_that_are_asked_for_are_read_a_batch_at_a_time(model, monkeypatch):
    monkeypatch.setattr(sys.modules[Predictor.__module__], "_batch_size", lambda _interpreter: 3)
    images, rows = some_images(40)[0], np.array([39, 2, 7, 7, 20, 1, 0])
    watched = Watched(images)
    found = predict(model[0], watched, rows)
    np.testing.assert_array_equal(found, predict(model[0], images[rows]))
    assert watched.read == [[39, 2, 7], [7, 20, 1], [0]]


def test_without_a_model_it_is_said_what_to_do(tmp_path):
    with pytest.raises(RunError, match="Train the run to its end first"):
        Predictor(tmp_path / "model.tflite")
