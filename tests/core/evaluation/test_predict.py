"""One loaded model for all that ask it. That its answers are those of Keras is shown in tests/core/training."""

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


def test_without_a_model_it_is_said_what_to_do(tmp_path):
    with pytest.raises(RunError, match="Train the run to its end first"):
        Predictor(tmp_path / "model.tflite")
