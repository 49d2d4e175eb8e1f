"""All contenders do the same work, and the validation images are not among those learned from."""

import numpy as np
import pytest

from bench import digits
from bench.contenders.arrays import Examples, read, write
from bench.work import TRAINING_IMAGES, VALIDATION_IMAGES, operations_per_epoch, recipe

PARAMETERS = (5 * 5 * 1 + 1) * 32 + (3 * 3 * 32 + 1) * 64 + (5 * 5 * 64 + 1) * 10
MULTIPLY_ADDS = 24 * 24 * 32 * 25 + 10 * 10 * 64 * 9 * 32 + 1600 * 10


@pytest.fixture
def numbered() -> Examples:
    """5,000 images that are told apart by their first two pixels."""
    images = np.zeros((5000, 28, 28, 1), np.uint8)
    images[:, 0, 0, 0], images[:, 0, 1, 0] = np.divmod(np.arange(5000), 256)
    return Examples(images, np.arange(5000, dtype=np.int32) % 10)


def numbers(examples: Examples) -> np.ndarray:
    return examples.images[:, 0, 0, 0].astype(int) * 256 + examples.images[:, 0, 1, 0]


def test_the_net_is_that_of_the_other_contenders():
    summary = recipe(epochs=1).summary()
    assert (summary.parameters, summary.multiply_adds) == (PARAMETERS, MULTIPLY_ADDS)


def test_an_epoch_costs_three_passes_to_learn_and_one_to_judge():
    assert operations_per_epoch() == 2 * MULTIPLY_ADDS * (3 * 4200 + 900)


def test_4200_images_are_learned_from_100_of_them_twice_and_900_others_judged(numbered):
    arrays = digits.divided(numbered)
    learned, judged = numbers(arrays.training), numbers(arrays.validation)
    assert (len(learned), len(judged)) == (TRAINING_IMAGES, VALIDATION_IMAGES) == (4200, 900)
    assert len(set(learned)) == 4100
    assert len(set(judged) | set(learned)) == 5000
    assert (arrays.training.labels == learned % 10).all()


def test_contenders_read_the_images_that_were_written(numbered, tmp_path):
    arrays = digits.divided(numbered)
    write(arrays, tmp_path)
    again = read(tmp_path)
    for part in ("training", "validation"):
        np.testing.assert_array_equal(getattr(again, part).images, getattr(arrays, part).images)
        np.testing.assert_array_equal(getattr(again, part).labels, getattr(arrays, part).labels)
