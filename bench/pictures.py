"""The images among which look-alikes are searched: the small ones of the sample sets, and pieces of photos."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from core.dataset.decode import decode
from core.dataset.sources import open_source


def sample(name: str) -> list[Image.Image]:
    """The different images of a sample set."""
    return distinct([decode(member.read()) for member in open_source(name).members()])


def pieces(photos: Path, side: int) -> list[Image.Image]:
    """Different square pieces of ``side`` pixels that do not overlap, of all photos in a folder."""
    found = [piece for path in sorted(photos.glob("*.*g")) for piece in _pieces(path, side)]
    return distinct(found)


def textures(count: int, side: int) -> list[Image.Image]:
    """Drawn clouds in colour, whose contrast falls with the frequency as in photos."""
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(side), np.fft.rfftfreq(side), indexing="ij"))
    fall = 1 / np.maximum(frequency, 1 / side)
    drawn = []
    for seed in range(count):
        chance = np.random.default_rng(seed)
        waves = np.fft.rfft2(chance.standard_normal((3, side, side))) * fall
        clouds = np.fft.irfft2(waves, (side, side))
        clouds = 128 + 45 * (clouds - clouds.mean()) / clouds.std()
        drawn.append(Image.fromarray(np.clip(clouds, 0, 255).astype(np.uint8).transpose(1, 2, 0).copy()))
    return drawn


def distinct(images: list[Image.Image]) -> list[Image.Image]:
    """Without exact copies, in a random order that is always the same."""
    different = list({(image.mode, image.size, image.tobytes()): image for image in images}.values())
    order = np.random.default_rng(0).permutation(len(different))
    return [different[position] for position in order]


@dataclass(frozen=True)
class Files:
    """PNG files in memory, decoded when they are asked for as the originals of a dataset are."""

    data: list[bytes]

    def __len__(self) -> int:
        return len(self.data)

    def __getitem__(self, position: int, /) -> Image.Image:
        return decode(self.data[position])


def files(images: list[Image.Image]) -> Files:
    return Files([_png(image) for image in images])


def _pieces(path: Path, side: int) -> Iterator[Image.Image]:
    photo = decode(path.read_bytes())
    for top in range(0, photo.height - side + 1, side):
        for left in range(0, photo.width - side + 1, side):
            yield photo.crop((left, top, left + side, top + side))


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
