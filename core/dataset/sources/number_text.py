"""Numbers as people write them into tables."""

import re

_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_COMMA_OF_TWO_MEANINGS = re.compile(r"[+-]?\d{1,3},\d{3}", re.ASCII)
_CODE = re.compile(r"0\d+", re.ASCII)


def number_in(text: str) -> float | None:
    """The number that ``text`` is: ``3``, ``-2.5``, ``1e3``, and ``2,5`` with a decimal comma. Else None.

    ``1,234`` is none, because it may be 1.234 or 1234; neither is what a calculation has failed with (nan, inf).
    """
    if _DECIMAL_COMMA.fullmatch(text) and not _COMMA_OF_TWO_MEANINGS.fullmatch(text):
        text = text.replace(",", ".")
    if not _PLAIN.fullmatch(text):
        return None
    value = float(text)
    return value if abs(value) != float("inf") else None


def is_code(text: str) -> bool:
    """Whether ``text`` is written in digits and yet no quantity: ``007``."""
    return _CODE.fullmatch(text) is not None
