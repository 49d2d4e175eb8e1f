"""Texts that people chose (names of projects, classes and files) inside texts in Markdown."""

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:])")


def plain(text: str) -> str:
    """``text`` so that Markdown shows it letter by letter: ``a_b*`` becomes ``a\\_b\\*``."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
