"""From the bytes of an image file to the pixels that a model sees. Training and prediction both come through here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image

from core.dataset.image_file import Header, frames, open_image, orientation, refusing_damage
from core.dataset.image_size import Fit, ImageSize
from core.dataset.refused_file_error import RefusedFileError
from core.message import say

_TRANSPOSE = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_REDUCING_GAP = 3.0  # from here on, Pillow's docs say, the quick way looks like the exact one


@dataclass(frozen=True, slots=True)
class Picture:
    """An image file that was decoded: its header, its pixels, and whether its EXIF orientation had to turn them."""

    header: Header
    image: Image.Image
    is_turned: bool


def decode(data: bytes, path: str = "") -> Image.Image:
    """The image in ``data``, upright, in mode L (grey) or RGB; the first frame of one that moves.

    16 bits per pixel are scaled to 8, transparency is laid over white. ``path`` serves the sentences only.
    Raises RefusedFileError for what is no usable image.
    """
    return read_picture(data, path).image


def read_picture(data: bytes, path: str = "") -> Picture:
    """The image in ``data`` as `decode` gives it, with what else the file tells. Raises RefusedFileError."""
    source, file_format = open_image(data, path)
    mode = source.mode
    with refusing_damage():
        source.load()
        turn = _TRANSPOSE.get(orientation(source))  # only now: in a PNG, EXIF may come behind the pixels
        image = _plain(source)
        if turn is not None:
            image = image.transpose(turn)
    width, height = image.size
    return Picture(Header(file_format, width, height, mode, frames(data, source, file_format)), image, turn is not None)


def to_array(image: Image.Image, image_size: ImageSize) -> np.ndarray:
    """A decoded image as uint8 of shape ``image_size.shape`` (height, width, channels), 0–255.

    Resized by Pillow's bilinear filter, which averages over all pixels when it makes an image smaller, and fitted as
    ``image_size.fit`` says. Colour becomes grey by the weights of ITU-R 601-2, grey becomes three equal channels.
    Training and prediction both come through here.
    """
    image = image.convert("L" if image_size.channels == 1 else "RGB")
    size = (image_size.width, image_size.height)
    if image.size != size:
        image = _FITS[image_size.fit](image, size)
    return np.asarray(image).reshape(image_size.shape)


Size = tuple[int, int]
"""Width and height in pixels, as Pillow has them."""


def _stretched(image: Image.Image, size: Size) -> Image.Image:
    return image.resize(size, Image.Resampling.BILINEAR, reducing_gap=_REDUCING_GAP)


def _padded(image: Image.Image, size: Size) -> Image.Image:
    """The whole image, as large as fits into ``size``, in the middle of black."""
    scale = min(size[0] / image.width, size[1] / image.height)
    inner = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    paper = Image.new(image.mode, size)
    paper.paste(_stretched(image, inner), ((size[0] - inner[0]) // 2, (size[1] - inner[1]) // 2))
    return paper


def _cropped(image: Image.Image, size: Size) -> Image.Image:
    """The middle of the image, as much of it as has the proportions of ``size``."""
    scale = max(size[0] / image.width, size[1] / image.height)
    left, top = (image.width - size[0] / scale) / 2, (image.height - size[1] / scale) / 2
    box = (max(0.0, left), max(0.0, top), image.width - max(0.0, left), image.height - max(0.0, top))
    return image.resize(size, Image.Resampling.BILINEAR, box=box, reducing_gap=_REDUCING_GAP)


_FITS: Mapping[Fit, Callable[[Image.Image, Size], Image.Image]] = {
    "stretch": _stretched,
    "pad": _padded,
    "crop": _cropped,
}


def _plain(image: Image.Image) -> Image.Image:
    """In mode L or RGB."""
    if image.mode in ("L", "RGB") and "transparency" not in image.info:
        return image
    if image.mode == "F":
        return _from_floats(np.asarray(image))
    if image.mode == "I" or image.mode.startswith("I;16"):
        return _from_16_bits(np.asarray(image))
    if image.has_transparency_data:
        return _over_white(image)
    if image.mode == "1":
        return image.convert("L")
    if image.mode == "LAB":
        raise RefusedFileError(say("The image has Lab colours, which cannot be used. Save it with RGB colours."))
    return image.convert("RGB")


def _from_16_bits(values: np.ndarray) -> Image.Image:
    """65,535 becomes 255: divided by 257, not cut off at 255 as Pillow's own conversion does."""
    return Image.fromarray(np.rint(np.clip(values, 0, 65_535) / np.float32(257)).astype(np.uint8))


def _from_floats(values: np.ndarray) -> Image.Image:
    """Numbers up to 1 are taken for shares of white, larger ones for 0–255."""
    values = np.nan_to_num(values)
    shares = values * 255 if values.max() <= 1 else values
    return Image.fromarray(np.rint(np.clip(shares, 0, 255)).astype(np.uint8))


def _over_white(image: Image.Image) -> Image.Image:
    is_grey = image.mode in ("L", "LA", "La", "1")
    image = image.convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image).convert("L" if is_grey else "RGB")
