"""From the bytes of an image file to the pixels that a model sees. Training and prediction both come through here."""

import numpy as np
from PIL import Image

from core.dataset.image_file import open_image, orientation, refusing_damage
from core.dataset.image_size import ImageSize
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


def decode(data: bytes, path: str = "") -> Image.Image:
    """The image in ``data``, upright, in mode L (grey) or RGB; the first frame of one that moves.

    16 bits per pixel are scaled to 8, transparency is laid over white. ``path`` serves the sentences only.
    Raises RefusedFileError for what is no usable image.
    """
    source, _ = open_image(data, path)
    turn = _TRANSPOSE.get(orientation(source))
    with refusing_damage():
        source.load()
        image = _plain(source)
        return image if turn is None else image.transpose(turn)


def to_array(image: Image.Image, image_size: ImageSize) -> np.ndarray:
    """A decoded image as uint8 of shape ``image_size.shape`` (height, width, channels), 0–255.

    Resized by Pillow's bilinear filter, which averages over all pixels when it makes an image smaller; the proportions
    follow the target. Colour becomes grey by the weights of ITU-R 601-2, grey becomes three equal channels.
    """
    image = image.convert("L" if image_size.channels == 1 else "RGB")
    if image.size != (image_size.width, image_size.height):
        image = image.resize(
            (image_size.width, image_size.height), Image.Resampling.BILINEAR, reducing_gap=_REDUCING_GAP
        )
    return np.asarray(image).reshape(image_size.shape)


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
