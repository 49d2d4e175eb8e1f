"""Datasets on the disk. A dataset never changes: it is a folder named by its content."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from core.dataset.array_file import array_name, read_array, write_array
from core.dataset.decode import decode, to_array
from core.dataset.image_size import ImageSize
from core.dataset.manifest import read_manifest
from core.errors import DatasetError
from core.message import say

_ID = re.compile("[0-9a-f]{16}")


@dataclass(frozen=True, eq=False)
class Dataset:
    """Images with their classes.

    ``images`` has a row per image, sorted by path, with the columns path, label (position in ``class_names``),
    class_name, width, height (pixels, upright), mode (Pillow's word for what the file holds), bytes, content_hash (of
    the file), pixel_hash (of the decoded pixels) and format (png, jpg, gif, bmp, webp, tiff). The position of a row is
    the position of the image in `pixels` and in a split. ``refused`` has the columns path and reason (a Message).
    ``image_size`` is a suggestion.
    """

    id: str
    name: str
    folder: Path
    class_names: tuple[str, ...]
    images: pd.DataFrame
    refused: pd.DataFrame
    image_size: ImageSize

    @property
    def predicts_numbers(self) -> bool:
        """Whether the images have a value each instead of a class."""
        return not self.class_names


def load(datasets: Path, dataset_id: str) -> Dataset:
    """The dataset ``dataset_id`` in the folder ``datasets``. Raises DatasetError if it is not there."""
    folder = datasets / dataset_id
    if not (_ID.fullmatch(dataset_id) and folder.is_dir()):
        raise DatasetError(
            say("There is no dataset {dataset} in the workspace. Take the images in again.", dataset=dataset_id)
        )
    manifest = read_manifest(folder)
    return Dataset(
        id=dataset_id,
        name=manifest.name,
        folder=folder,
        class_names=manifest.class_names,
        images=manifest.images,
        refused=manifest.refused,
        image_size=manifest.image_size,
    )


def pixels(dataset: Dataset, image_size: ImageSize) -> np.memmap:
    """All images as uint8 of shape (images, height, width, channels), 0–255, in the order of ``dataset.images``.

    Mapped into memory, read-only. Made from the originals when a size is first asked for, which takes as long as
    decoding them; kept from then on.
    """
    path = array_path(dataset.folder, image_size)
    if not path.exists():
        write_array(path, image_size, len(dataset.images), _resized(dataset, image_size))
    return read_array(path)


def original(dataset: Dataset, position: int) -> Path:
    """The file of the image in row ``position`` as it was taken in."""
    content_hash, file_format = dataset.images[["content_hash", "format"]].iloc[position]
    return original_path(dataset.folder, content_hash, file_format)


def original_path(folder: Path, content_hash: str, file_format: str) -> Path:
    """Where a dataset's folder keeps a file with this content."""
    return folder.joinpath("originals", content_hash[:2], f"{content_hash}.{file_format}")


def array_path(folder: Path, image_size: ImageSize) -> Path:
    """Where a dataset's folder keeps the pixels in this size."""
    return folder / "arrays" / array_name(image_size)


def _resized(dataset: Dataset, image_size: ImageSize) -> Iterator[np.ndarray]:
    for content_hash, file_format in zip(dataset.images["content_hash"], dataset.images["format"], strict=True):
        data = original_path(dataset.folder, content_hash, file_format).read_bytes()
        yield to_array(decode(data), image_size)
