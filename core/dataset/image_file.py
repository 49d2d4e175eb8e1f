"""What the first bytes of an image file tell: its kind, its size, its mode. Nothing is decoded here."""

import io
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
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
_COUNTED_BY_A_WALK: Mapping[str, type[GifImagePlugin.GifImageFile] | type[TiffImagePlugin.TiffImageFile]] = {
    "gif": GifImagePlugin.GifImageFile,
    "tiff": TiffImagePlugin.TiffImageFile,
}
"""Only a walk through the whole file tells how many frames these have; it must not move the image that is decoded."""
_UNREAD: tuple[tuple[re.Pattern[bytes], frozenset[str], Message], ...] = (
    (
        re.compile(rb"....ftyp(hei[cxms]|hev[cxms]|mif1|msf1)", re.DOTALL),
        frozenset({".heic", ".heif"}),
        say("The image is a HEIC file, as iPhones take them, which cannot be read. Save it as JPEG."),
    ),
    (
        re.compile(rb"....ftypavi[fs]", re.DOTALL),
        frozenset({".avif"}),
        say("The image is an AVIF file, which cannot be read. Save it as PNG or JPEG."),
    ),
    (
        re.compile(rb"(\xef\xbb\xbf)?\s*<([?!](?!doctype html).*?<)?svg[\s>]", re.DOTALL | re.IGNORECASE),
        frozenset({".svg", ".svgz"}),
        say("The image is an SVG file: a drawing out of lines, without pixels. Save it as PNG in the size you need."),
    ),
)
"""What people call images and Layerlab cannot read: how it begins, how its name ends, and the reason."""
_FIRST_BYTES = 4096
_IMAGE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff"})
_ARCHIVE_SUFFIXES = frozenset({".zip", ".7z", ".rar", ".tar", ".gz", ".tgz"})
_GREY_MODES = frozenset({"1", "L", "LA", "La", "I", "F"})
DAMAGED = (
    AttributeError,
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
    ZeroDivisionError,
    struct.error,
    zlib.error,
)
"""What Pillow raises at broken bytes."""


@dataclass(frozen=True, slots=True)
class Header:
    """``width`` and ``height`` in pixels as the image is looked at (turned as its EXIF says).

    ``mode`` is Pillow's word; ``format`` is one of png, jpg, gif, bmp, webp, tiff. ``frames`` are the pictures that
    follow each other in a file that moves, or the pages of a TIFF; only the first is used.
    """

    format: str
    width: int
    height: int
    mode: str
    frames: int = 1

    @property
    def is_grey(self) -> bool:
        return self.mode in _GREY_MODES or self.mode.startswith("I;16")


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
    except DAMAGED as error:
        raise RefusedFileError(say("The image is damaged or was cut off. Copy it again from where it came.")) from error


def orientation(image: ImageFile) -> int:
    """The EXIF orientation, 1 (upright) to 8, if it is still to be applied: Pillow turns TIFF images by itself."""
    if "exif" not in image.info:
        return 1
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except DAMAGED:  # a broken note about the camera is no reason to refuse the picture
        return 1


def frames(data: bytes, image: ImageFile, file_format: str) -> int:
    """How many pictures follow each other in the file ``data``, opened as ``image``; 1 where not all are whole."""
    reader = _COUNTED_BY_A_WALK.get(file_format)
    if reader is None:
        return int(getattr(image, "n_frames", 1))
    try:
        return int(reader(io.BytesIO(data)).n_frames)
    except DAMAGED:
        return 1


def _reader(data: bytes, path: str) -> tuple[type[ImageFile], str]:
    for signature, file_format, reader in _READERS:
        if data.startswith(signature):
            return reader, file_format
    raise RefusedFileError(_no_image(data[:_FIRST_BYTES], PurePosixPath(path).suffix.lower()))


def _no_image(beginning: bytes, suffix: str) -> Message:
    for signature, suffixes, reason in _UNREAD:
        if signature.match(beginning) or suffix in suffixes:
            return reason
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
