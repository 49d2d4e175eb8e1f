"""Texts that people chose (names of projects, classes and files) inside texts in Markdown."""

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$:])")
_BEGINS_A_LIST = re.compile(r"^([-+]|\d+(?=[.)]))")


def plain(text: str) -> str:
    """``text`` so that Markdown shows it letter by letter: ``a_b*`` becomes ``a\\_b\\*``."""
    escaped = _MARKUP.sub(r"\\\1", " ".join(text.split()))
    return _BEGINS_A_LIST.sub(lambda start: f"\\{start[0]}" if start[0] in "-+" else f"{start[0]}\\", escaped)
