"""JPEG files without notes. The format: ITU-T T.81, annex B (https://www.w3.org/Graphics/JPEG/itu-t81.pdf)."""

import re

from core.dataset.notes.unknown_structure_error import UnknownStructureError

_START, _END, _SCAN = b"\xff\xd8", 0xD9, 0xDA
_JFIF, _COLOUR_PROFILE, _ADOBE = b"JFIF\0", b"ICC_PROFILE\0", b"Adobe"
_JFIF_WITHOUT_THUMBNAIL = 12
_APPLICATION, _COMMENT = range(0xE0, 0xF0), 0xFE
_PIXELS = frozenset({*range(0xC0, 0xC8), *range(0xC9, 0xD0), *range(0xDA, 0xE0)})
_MARKER_IN_SCAN = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")  # FF 00 is a pixel's FF, D0 to D7 begin a part of a scan


def without_notes(data: bytes) -> bytes:
    """The file without EXIF, XMP, IPTC, comments, thumbnails and what comes after its end, such as further pictures;
    ``data`` itself where it has none of them."""
    if not data.startswith(_START):
        raise UnknownStructureError
    parts, position = [_START], len(_START)
    while (marker := _marker(data, position)) != _SCAN:
        end = _end_of_segment(data, position)
        parts.append(_kept(marker, data[position:end]))
        position = end
    parts.append(data[position : _end_of_scans(data, position)])
    kept = b"".join(parts)
    return data if kept == data else kept


def _marker(data: bytes, position: int) -> int:
    if position + 1 >= len(data) or data[position] != 0xFF:
        raise UnknownStructureError
    return data[position + 1]


def _end_of_segment(data: bytes, position: int) -> int:
    """Where the segment that begins at ``position`` ends. After its marker, it tells its length."""
    length = int.from_bytes(data[position + 2 : position + 4])
    end = position + 2 + length
    if length < 2 or end > len(data):
        raise UnknownStructureError
    return end


def _kept(marker: int, segment: bytes) -> bytes:
    """The segment, or what of it tells the pixels and how they look."""
    content = segment[4:]
    if marker in _PIXELS or (marker == 0xE2 and content.startswith(_COLOUR_PROFILE)):
        return segment
    if marker == 0xEE and content.startswith(_ADOBE):  # tells how the colours are to be read
        return segment
    if marker == 0xE0 and content.startswith(_JFIF) and len(content) >= _JFIF_WITHOUT_THUMBNAIL:
        return b"\xff\xe0\0\x10" + content[:_JFIF_WITHOUT_THUMBNAIL] + b"\0\0"
    if marker in _APPLICATION or marker == _COMMENT:
        return b""
    raise UnknownStructureError


def _end_of_scans(data: bytes, position: int) -> int:
    """The end of the picture whose first scan begins at ``position``. Further scans may follow, each with tables."""
    marker = _SCAN
    while marker != _END:
        position = _end_of_segment(data, position)
        if marker == _SCAN:
            found = _MARKER_IN_SCAN.search(data, position)
            if found is None:
                raise UnknownStructureError
            position = found.end() - 2
        marker = _marker(data, position)
        if marker != _END and marker not in _PIXELS:  # a note between scans: where the pixels go on is not sure
            raise UnknownStructureError
    return position + 2
