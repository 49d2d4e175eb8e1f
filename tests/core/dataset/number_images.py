"""A dataset of pictures of a needle, each with the number that it points to."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from core.dataset.manifest import read_manifest, write_manifest
from core.dataset.store import Dataset, load
from tests.core.dataset.builders import folder_of, image_bytes, take

SIDE = 28


def needle(angle: float, random: np.random.Generator) -> np.ndarray:
    """A dark needle on a bright ground with a little noise, uint8 (28, 28); ``angle`` in radians."""
    rows, columns = np.mgrid[:SIDE, :SIDE] - (SIDE - 1) / 2
    along, across = columns * np.cos(angle) - rows * np.sin(angle), columns * np.sin(angle) + rows * np.cos(angle)
    ground = np.where((along > 0) & (along < 11) & (abs(across) < 1), 30.0, 225.0)
    return np.clip(ground + random.normal(0, 10, ground.shape), 0, 255).astype(np.uint8)


def number_dataset(
    folder: Path, datasets: Path, images: int, number: Callable[[float], float] = lambda share: 100 * share
) -> Dataset:
    """``images`` pictures of needles between half past seven and half past four on a clock.

    How far the needle has come, from 0 to 1, ``number`` makes the number to predict of.
    """
    random = np.random.default_rng(0)
    shares = random.uniform(0, 1, images)
    pictures = [needle(np.pi * (1.25 - 1.5 * share), random) for share in shares]
    files = {
        f"{'ab'[position % 2]}/{position:05}.png": image_bytes(Image.fromarray(picture))
        for position, picture in enumerate(pictures)
    }
    taken = take(folder_of(folder / "needles", files), datasets)
    return _with_numbers(taken, datasets, [number(share) for share in shares])


def _with_numbers(taken: Dataset, datasets: Path, numbers: list[float]) -> Dataset:
    """The images of ``taken`` with numbers in place of their classes; the name of a file tells which is its own."""
    manifest = read_manifest(taken.folder)
    values = [numbers[int(Path(path).stem)] for path in manifest.images["path"]]
    images = manifest.images.assign(label=0, class_name="", value=values)
    manifest = replace(manifest, name="needles", class_names=(), images=images)
    write_manifest(taken.folder, manifest)
    taken.folder.rename(datasets / manifest.id)
    return load(datasets, manifest.id)
