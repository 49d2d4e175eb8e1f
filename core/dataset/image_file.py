"""What the first bytes of an image file tell: its kind, its size, its mode. Nothing is decoded here."""

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath

from PIL import BmpImagePlugin, ExifTags, GifImagePlugin, Image, JpegImagePlugin, PngImagePlugin, TiffImagePlugin
from PIL import WebPImagePlugin as WebpImagePlugin
from PIL.ImageFile import ImageFile

from core.dataset.refused_file_error import RefusedFileError
from core.message import Message, say

MOST_PIXELS = 50_000_000

# The content decides, not the name. The readers are called directly, because Image.open() has a limit of its own and
# leaves out of its error how large the image is.
_READERS: tuple[tuple[bytes, str, type[ImageFile]], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png", PngImagePlugin.PngImageFile),
    (b"\xff\xd8\xff", "jpg", JpegImagePlugin.JpegImageFile),
    (b"GIF87a", "gif", GifImagePlugin.GifImageFile),
    (b"GIF89a", "gif", GifImagePlugin.GifImageFile),
    (b"BM", "bmp", BmpImagePlugin.BmpImageFile),
    (b"RIFF", "webp", WebpImagePlugin.WebPImageFile),
    (b"II*\0", "tiff", TiffImagePlugin.TiffImageFile),
    (b"II+\0", "tiff", TiffImagePlugin.TiffImageFile),
    (b"MM\0*", "tiff", TiffImagePlugin.TiffImageFile),
    (b"MM\0+", "tiff", TiffImagePlugin.TiffImageFile),
)
_IMAGE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff"})
_ARCHIVE_SUFFIXES = frozenset({".zip", ".7z", ".rar", ".tar", ".gz", ".tgz"})
_GREY_MODES = frozenset({"1", "L", "LA", "La", "I", "F"})
_TURNED_BY_A_QUARTER = frozenset({5, 6, 7, 8})
_DAMAGED = (
    EOFError,
    IndexError,
    KeyError,
    MemoryError,
    OSError,
    OverflowError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True)
class Header:
    """``width`` and ``height`` in pixels as the image is looked at (turned as its EXIF says).

    ``mode`` is Pillow's word; ``format`` is one of png, jpg, gif, bmp, webp, tiff.
    """

    format: str
    width: int
    height: int
    mode: str

    @property
    def is_grey(self) -> bool:
        return self.mode in _GREY_MODES or self.mode.startswith("I;16")


def read_header(data: bytes, path: str = "") -> Header:
    """The header of an image file, named ``path`` in sentences. Raises RefusedFileError for what is no usable image."""
    image, file_format = open_image(data, path)
    width, height = image.size
    if orientation(image) in _TURNED_BY_A_QUARTER:
        width, height = height, width
    return Header(file_format, width, height, image.mode)


def open_image(data: bytes, path: str = "") -> tuple[ImageFile, str]:
    """The image, not yet decoded, and its format. Raises RefusedFileError, also for more than 50 megapixels."""
    if not data:
        raise RefusedFileError(say("The file is empty (0 bytes). Copy it again from where it came."))
    reader, file_format = _reader(data, path)
    with refusing_damage():
        image = reader(io.BytesIO(data))
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise RefusedFileError(
            say(
                "The image has {width:,} × {height:,} pixels; the most is {limit} million. Make it smaller.",
                width=width,
                height=height,
                limit=MOST_PIXELS // 1_000_000,
            )
        )
    return image, file_format


@contextmanager
def refusing_damage() -> Iterator[None]:
    """Turns whatever Pillow raises at broken bytes into RefusedFileError."""
    try:
        yield
    except Image.DecompressionBombError as error:
        raise RefusedFileError(
            say("The image has more than {limit} million pixels. Make it smaller.", limit=MOST_PIXELS // 1_000_000)
        ) from error
    except _DAMAGED as error:
        raise RefusedFileError(say("The image is damaged or was cut off. Copy it again from where it came.")) from error


def orientation(image: ImageFile) -> int:
    """The EXIF orientation, 1 (upright) to 8, if it is still to be applied: Pillow turns TIFF images by itself."""
    if "exif" not in image.info:
        return 1
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except _DAMAGED:  # a broken note about the camera is no reason to refuse the picture
        return 1


def _reader(data: bytes, path: str) -> tuple[type[ImageFile], str]:
    for signature, file_format, reader in _READERS:
        if data.startswith(signature):
            return reader, file_format
    raise RefusedFileError(_no_image(PurePosixPath(path).suffix.lower()))


def _no_image(suffix: str) -> Message:
    if suffix in _IMAGE_SUFFIXES:
        return say(
            "The file is not an image, although its name ends in {suffix}. Use PNG, JPEG, GIF, BMP, WebP or TIFF.",
            suffix=suffix,
        )
    if suffix in _ARCHIVE_SUFFIXES:
        return say("An archive inside the data is not opened. Unpack it and put the images themselves there.")
    if not suffix:
        return say("The file is not an image that can be read. Use PNG, JPEG, GIF, BMP, WebP or TIFF.")
    return say("A file of the kind {suffix} cannot be used. Use PNG, JPEG, GIF, BMP, WebP or TIFF.", suffix=suffix)
