"""GIF files without notes. The format: https://www.w3.org/Graphics/GIF/spec-gif89a.txt"""

from core.dataset.notes.unknown_structure_error import UnknownStructureError

_SCREEN_BYTES, _PICTURE_BYTES = 13, 10
_PICTURE, _EXTENSION, _END = 0x2C, 0x21, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF
_LOOPS = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0")


def without_notes(data: bytes) -> bytes:
    """The file without comments, XMP, texts and what comes after its end; ``data`` itself where it has none of them."""
    position = _SCREEN_BYTES + _table_bytes(_byte(data, 10))
    parts = [data[:position]]
    while (kind := _byte(data, position)) != _END:
        end = _end_of_block(data, position, kind)
        if kind == _PICTURE or _tells_how_it_moves(data, position):
            parts.append(data[position:end])
        position = end
    parts.append(data[position : position + 1])
    kept = b"".join(parts)
    return data if len(kept) == len(data) else kept


def _end_of_block(data: bytes, position: int, kind: int) -> int:
    if kind == _EXTENSION:
        return _end_of_pieces(data, position + 2)
    if kind == _PICTURE:
        table_bytes = _table_bytes(_byte(data, position + _PICTURE_BYTES - 1))
        return _end_of_pieces(data, position + _PICTURE_BYTES + table_bytes + 1)
    raise UnknownStructureError


def _end_of_pieces(data: bytes, position: int) -> int:
    """Data come in pieces of up to 255 bytes, each behind its length; one of no bytes is the last."""
    while length := _byte(data, position):
        position += 1 + length
    return position + 1


def _tells_how_it_moves(data: bytes, position: int) -> bool:
    label = _byte(data, position + 1)
    return label == _CONTROL or (label == _APPLICATION and data.startswith(_LOOPS, position + 2))


def _table_bytes(flags: int) -> int:
    """How long a table of colours is, where ``flags`` say that there is one."""
    return 3 * 2 ** ((flags & 0b111) + 1) if flags & 0b1000_0000 else 0


def _byte(data: bytes, position: int) -> int:
    if position >= len(data):
        raise UnknownStructureError
    return data[position]
