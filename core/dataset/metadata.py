"""What is stored of an image file: it stands upright, and has no notes about who took it where."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PIL import Image

from core.dataset.decode import Picture, decode, read_picture
from core.dataset.image_file import DAMAGED, Header
from core.dataset.notes import gif, jpeg, png, tiff, webp
from core.dataset.notes.unknown_structure_error import UnknownStructureError

_WITHOUT_NOTES: Mapping[str, Callable[[bytes], bytes]] = {
    "png": png.without_notes,
    "jpg": jpeg.without_notes,
    "webp": webp.without_notes,
    "gif": gif.without_notes,
    "tiff": tiff.without_notes,
}
"""BMP is not among them: the format has no place for notes."""
_JPEG_QUALITY = 95
_FULL_COLOUR = 0  # 4:4:4: the colours of every pixel are kept, not those of four together


@dataclass(frozen=True)
class Stored:
    """A file as it is stored, its format, the image that is decoded from it, and whether anything was removed."""

    data: bytes
    format: str
    image: Image.Image
    is_cleaned: bool


def read_file(data: bytes, path: str = "") -> tuple[Header, Stored]:
    """The header of the image file ``data``, and what is to be stored of it; the pixels of that are the image's.

    Images to train on and images to ask a trained model about both come through here, so that both see the same.
    ``path`` serves the sentences only. Raises RefusedFileError for what is no usable image.
    """
    picture = read_picture(data, path)
    return picture.header, stored_form(data, picture)


def stored_form(data: bytes, picture: Picture) -> Stored:
    """What is to be stored of the file ``data``, which shows ``picture``.

    EXIF, GPS, XMP, IPTC, comments, thumbnails, texts and notes of programs are removed; colour profiles stay. A file
    without them is stored byte for byte. Out of upright PNG, JPEG, WebP and GIF files they are cut, and no pixel
    changes. Other files, and all that an EXIF orientation has to turn, are saved anew: a JPEG as JPEG of quality 95
    with full colour, all others as PNG, without loss.
    """
    if picture.is_turned:
        return _saved_anew(picture)
    file_format = picture.header.format
    try:
        kept = _WITHOUT_NOTES[file_format](data) if file_format in _WITHOUT_NOTES else data
    except (UnknownStructureError, *DAMAGED):
        return _saved_anew(picture)
    return Stored(kept, file_format, picture.image, is_cleaned=kept is not data)


def _saved_anew(picture: Picture) -> Stored:
    image = picture.image.copy()
    image.info.clear()  # Pillow would write comments and more out of it
    if picture.header.format == "jpg" and picture.is_turned:
        data = _saved(image, "JPEG", quality=_JPEG_QUALITY, subsampling=_FULL_COLOUR)
        return Stored(data, "jpg", decode(data), is_cleaned=True)
    return Stored(_saved(image, "PNG"), "png", image, is_cleaned=True)


def _saved(image: Image.Image, file_format: str, **options: int) -> bytes:
    file = io.BytesIO()
    image.save(file, file_format, **options)
    return file.getvalue()
