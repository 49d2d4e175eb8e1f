"""The names of files as people gave them, whatever system wrote them down."""

import re
import unicodedata

from core.message import Message, say

_ENCODINGS = ("utf-8", "cp949")
_DRIVE = re.compile("[A-Za-z]:")
_LITTER = frozenset({"__macosx", "thumbs.db", "desktop.ini"})


def readable_name(name: bytes) -> str:
    """``name`` as text in NFC: read as UTF-8, else as CP949 (Korean Windows), else as cp437, which knows every byte.

    macOS writes Korean names as separate letters (NFD); normalised, they are equal to names written elsewhere.
    """
    for encoding in _ENCODINGS:
        try:
            return unicodedata.normalize("NFC", name.decode(encoding))
        except UnicodeDecodeError:
            continue
    return unicodedata.normalize("NFC", name.decode("cp437"))


def tidy_path(path: str) -> str:
    """``path`` without empty and ``.`` parts: ``./cats//a.png`` is ``cats/a.png``."""
    return "/".join(part for part in path.split("/") if part not in ("", "."))


def unsafe_reason(path: str) -> Message | None:
    """Why ``path`` may not be used inside an archive, or None. Archives made to harm use such names."""
    if path.startswith("/") or _DRIVE.match(path):
        return say("The name is an absolute path. Make the archive again inside the folder of images.")
    if ".." in path.split("/"):
        return say("The name leads out of the archive by “..”. Make the archive again inside the folder of images.")
    return None


def is_litter(path: str) -> bool:
    """Whether a system left the file there: ``__MACOSX/``, ``Thumbs.db``, ``desktop.ini``, names that begin with a dot.

    Such files are passed over without a word, because nobody put them there.
    """
    parts = path.split("/")
    return any(part.lower() in _LITTER or (part.startswith(".") and part not in (".", "..")) for part in parts)
