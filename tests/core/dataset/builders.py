"""Real files for the tests: images, archives and folders of them."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from core.dataset.intake import take_in
from core.dataset.sources import open_source
from core.dataset.store import Dataset


def image_bytes(image: Image.Image, file_format: str = "PNG", **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, file_format, **options)
    return file.getvalue()


def plain(colour: Any = 0, mode: str = "L", size: tuple[int, int] = (8, 6), file_format: str = "PNG") -> bytes:
    """An image of one colour; ``size`` is (width, height)."""
    return image_bytes(Image.new(mode, size, colour), file_format)


def noise(height: int, width: int, channels: int = 3, seed: int = 0) -> np.ndarray:
    shape = (height, width) if channels == 1 else (height, width, channels)
    return np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)


TWO_CLASSES = {"cats/1.png": plain(10), "cats/2.png": plain(20), "dogs/1.png": plain(30), "dogs/2.png": plain(40)}


def zip_of(path: Path, files: Mapping[str, bytes] | Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> Path:
    pairs = files.items() if isinstance(files, Mapping) else files
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in pairs:
            archive.writestr(name, data)
    return path


def folder_of(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def take(data: str | Path, datasets: Path) -> Dataset:
    return take_in(open_source(data), datasets, lambda done, total: None)


def reasons(dataset: Dataset) -> dict[str, str]:
    return {path: str(reason) for path, reason in dataset.refused.itertuples(index=False)}
