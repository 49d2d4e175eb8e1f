"""Series of almost equal pictures, as a camera makes them: a sample set whose random split deceives."""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from core.dataset.sources.png import png
from core.dataset.sources.source import Known, Member

BURST_CLASSES = ("cat", "cow", "dog", "horse", "sheep")
BURSTS_PER_CLASS = 10
FRAMES = 30

_SEED = 28_007
_MOST_SHIFT = 2


def burst_members(pixels: np.ndarray, class_names: Sequence[str]) -> Iterator[Member]:
    """Frames of `BURSTS_PER_CLASS` silhouettes of each class in `BURST_CLASSES`.

    ``pixels`` (images, height, width) are silhouettes, white on black, of the classes ``class_names``. The frames of
    a burst show one silhouette before one background, moved by up to two pixels, in another light and with other noise.
    They are called ``burst07_03.png``: burst 7, frame 3; the burst is the group of each.
    """
    chance = np.random.default_rng(_SEED)
    silhouettes = np.array(class_names)
    burst = 0
    for class_name in BURST_CLASSES:
        for position in chance.choice(np.flatnonzero(silhouettes == class_name), BURSTS_PER_CLASS, replace=False):
            group = f"burst{burst:02}"
            for frame in range(FRAMES):
                read = partial(_read, pixels[position], burst, frame)
                yield Member(f"{class_name}/{group}_{frame:02}.png", read, Known(group=group))
            burst += 1


def _read(silhouette: np.ndarray, burst: int, frame: int) -> bytes:
    scene, chance = np.random.default_rng([_SEED, burst]), np.random.default_rng([_SEED, burst, frame])
    height, width = silhouette.shape
    background, ink = _background(scene, height, width), int(scene.integers(0, 90))
    down, right = chance.integers(-_MOST_SHIFT, _MOST_SHIFT + 1, 2).tolist()
    moved = np.roll(np.pad(silhouette.astype(np.int32), _MOST_SHIFT), (down, right), (0, 1))
    animal = moved[_MOST_SHIFT:-_MOST_SHIFT, _MOST_SHIFT:-_MOST_SHIFT]
    picture = (animal * ink + (255 - animal) * background) // 255
    light, noise = int(chance.integers(90, 111)), chance.integers(-8, 9, (height, width))
    return png(np.clip(picture * light // 100 + noise, 0, 255).astype(np.uint8))


def _background(scene: np.random.Generator, height: int, width: int) -> np.ndarray:
    """A slope of brightness, in whole numbers."""
    corner, slopes = int(scene.integers(140, 221)), scene.integers(-2, 3, 2)
    rows, columns = np.mgrid[:height, :width]
    return np.clip(corner + slopes[0] * (rows - height // 2) + slopes[1] * (columns - width // 2), 0, 255)
