"""Whether a TIFF file has notes. The format: https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf"""

import io

from PIL.TiffImagePlugin import TiffImageFile

from core.dataset.notes.unknown_structure_error import UnknownStructureError

_TELLS_PIXELS = frozenset(
    {254, 255, 256, 257, 258, 259, 262, 266, 273, 277, 278, 279, 280, 281, 284, 292, 293, 317, 318, 319, 320}
    | {282, 283, 296, 297, 301, 322, 323, 324, 325, 338, 339, 340, 341, 347, 529, 530, 531, 532, 34675}
)
"""Size, compression, colours, and where the pixels are. Names, dates, EXIF, GPS, XMP and IPTC are not among it."""
_ORIENTATION = 274


def without_notes(data: bytes) -> bytes:
    """``data`` itself where all its pages are upright and have no notes. The places of pixels are numbers inside the
    file, so nothing can be cut out of it: UnknownStructureError for every other file."""
    image = TiffImageFile(io.BytesIO(data))
    for page in range(image.n_frames):
        image.seek(page)
        if image.tag_v2.get(_ORIENTATION, 1) != 1 or not set(image.tag_v2) <= _TELLS_PIXELS | {_ORIENTATION}:
            raise UnknownStructureError
    return data
