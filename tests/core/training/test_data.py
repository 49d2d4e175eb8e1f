from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.dataset.image_size import ImageSize
from core.dataset.store import Dataset, array_path, pixels
from core.errors import RunError
from core.split import Assignment
from core.training.data import encode, read
from tests.core.dataset.builders import folder_of, image_bytes, take

SIZE = ImageSize(height=4, width=5, channels=1)
PARTS = ["train", "test", "validation", "train", "test", "train"]


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """Six images in two classes; the image in row i is all of the colour 10 × i."""
    files = {f"{'ab'[i // 3]}/{i}.png": image_bytes(Image.new("L", (5, 4), 10 * i)) for i in range(6)}
    return take(folder_of(tmp_path / "six", files), tmp_path)


def test_only_training_and_validation_images_are_read(dataset: Dataset) -> None:
    data = read(dataset, Assignment(np.array(PARTS)), SIZE, "index", units=2)

    train, validation = (part.take(np.arange(len(part))[np.newaxis]) for part in (data.train, data.validation))
    assert train["images"].shape == (1, 3, 4, 5, 1)
    assert train["images"][0, :, 0, 0, 0].tolist() == [0, 30, 50]
    assert train["labels"].tolist() == [[0, 1, 1]]
    assert validation["images"][0, :, 0, 0, 0].tolist() == [20]
    assert validation["labels"].tolist() == [[0]]
    assert len(pixels(dataset, SIZE)) == 6


def test_the_images_stay_in_their_file_and_are_there_once(dataset: Dataset) -> None:
    data = read(dataset, Assignment(np.array(PARTS)), SIZE, "index", units=2)

    assert data.train.pixels is data.validation.pixels
    assert isinstance(data.train.pixels.base, np.memmap)


@pytest.mark.parametrize(
    ("class_weights", "expected"),
    [
        (None, None),
        ({"a": 3.0}, [3.0, 1.0, 1.0]),
        ("balanced", [3 / (2 * 1), 3 / (2 * 2), 3 / (2 * 2)]),
    ],
)
def test_class_weights_count_for_the_training_images_alone(dataset: Dataset, class_weights, expected) -> None:
    data = read(dataset, Assignment(np.array(PARTS)), SIZE, "index", units=2, class_weights=class_weights)

    batches = data.train.take(np.array([[0, 1, 2]]))
    assert (batches["weights"][0].tolist() if expected else batches.get("weights")) == expected
    assert "weights" not in data.validation.take(np.array([[0]]))


def test_images_are_taken_in_the_order_that_is_asked_for(dataset: Dataset) -> None:
    data = read(dataset, Assignment(np.array(PARTS)), SIZE, "one_hot", units=2)

    batches = data.train.take(np.array([[2, 0], [1, 1]]))

    assert batches["images"][:, :, 0, 0, 0].tolist() == [[50, 0], [30, 30]]
    assert batches["labels"].tolist() == [[[0, 1], [1, 0]], [[0, 1], [0, 1]]]


def test_an_array_that_is_cut_short_is_told(dataset: Dataset) -> None:
    pixels(dataset, SIZE)
    path = array_path(dataset.folder, SIZE)
    path.write_bytes(path.read_bytes()[:140])

    with pytest.raises(RunError, match="images of the dataset six cannot be read"):
        read(dataset, Assignment(np.array(PARTS)), SIZE, "index", units=2)


@pytest.mark.parametrize(
    ("encoding", "units", "expected"),
    [
        ("index", 3, [2, 0]),
        ("one_hot", 3, [[0, 0, 1], [1, 0, 0]]),
        ("one_hot", 4, [[0, 0, 1, 0], [1, 0, 0, 0]]),
        ("number", 1, [[2], [0]]),
    ],
)
def test_labels_are_written_as_the_loss_wants_them(encoding, units, expected) -> None:
    assert encode(np.array([2, 0]), encoding, units).tolist() == expected


@pytest.mark.parametrize(
    ("parts", "encoding", "units", "sentence"),
    [
        (PARTS[:5], "index", 2, "split.csv has 5 rows, but the dataset six has 6 images"),
        (["test"] * 5 + ["validation"], "index", 2, "no image for training"),
        (["train"] * 6, "index", 2, "no image for validation"),
        (PARTS, "one_hot", 1, "2 classes, but the last layer has 1 units"),
    ],
)
def test_what_does_not_fit_together_is_refused(dataset: Dataset, parts, encoding, units, sentence) -> None:
    with pytest.raises(RunError, match=sentence):
        read(dataset, Assignment(np.array(parts)), SIZE, encoding, units)
