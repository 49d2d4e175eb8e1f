"""PNG files without notes. The format: https://www.w3.org/TR/png-3/"""

from core.dataset.notes.unknown_structure_error import UnknownStructureError

_SIGNATURE_BYTES = 8
_HEAD_BYTES = 8
_CHECKSUM_BYTES = 4
_END = b"IEND"
_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", _END, b"tRNS"}  # the pixels
    | {b"acTL", b"fcTL", b"fdAT"}  # the frames of one that moves
    | {b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI", b"sBIT", b"bKGD", b"hIST", b"pHYs"}
)
"""What tells pixels and how they look. Texts, EXIF, times and what programs have added are not among it."""


def without_notes(data: bytes) -> bytes:
    """The file without chunks of notes and without what comes after its end; ``data`` itself where it has neither."""
    parts, position, kind = [data[:_SIGNATURE_BYTES]], _SIGNATURE_BYTES, b""
    while kind != _END:
        kind = data[position + 4 : position + _HEAD_BYTES]
        end = position + _HEAD_BYTES + int.from_bytes(data[position : position + 4]) + _CHECKSUM_BYTES
        if len(kind) < 4 or end > len(data):
            raise UnknownStructureError
        if kind in _KEPT:
            parts.append(data[position:end])
        position = end
    kept = b"".join(parts)
    return data if len(kept) == len(data) else kept
