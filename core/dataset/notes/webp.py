"""WebP files without notes. The format: https://developers.google.com/speed/webp/docs/riff_container"""

from core.dataset.notes.unknown_structure_error import UnknownStructureError

_RIFF_HEAD_BYTES = 12
_HEAD_BYTES = 8
_KEPT = frozenset({b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_HAS_NOTES = 0b1100
"""The flags of VP8X for EXIF and XMP."""


def without_notes(data: bytes) -> bytes:
    """The file without EXIF, XMP, unknown chunks and what comes after its end; ``data`` itself where it has none."""
    chunks, position, file_end = [], _RIFF_HEAD_BYTES, _HEAD_BYTES + int.from_bytes(data[4:8], "little")
    if file_end > len(data) or data[8:12] != b"WEBP":
        raise UnknownStructureError
    while position < file_end:
        length = int.from_bytes(data[position + 4 : position + _HEAD_BYTES], "little")
        end = position + _HEAD_BYTES + length + length % 2
        if end > file_end:
            raise UnknownStructureError
        if data[position : position + 4] in _KEPT:
            chunks.append(data[position:end])
        position = end
    kept = b"".join(_without_flags(chunk) for chunk in chunks)
    if len(kept) == len(data) - _RIFF_HEAD_BYTES:
        return data
    return b"RIFF" + (len(kept) + 4).to_bytes(4, "little") + b"WEBP" + kept


def _without_flags(chunk: bytes) -> bytes:
    """VP8X without the claim that there are notes; every other chunk as it is."""
    if chunk[:4] != b"VP8X" or len(chunk) <= _HEAD_BYTES:
        return chunk
    return chunk[:_HEAD_BYTES] + bytes([chunk[_HEAD_BYTES] & ~_HAS_NOTES]) + chunk[_HEAD_BYTES + 1 :]
