"""The report as a text in Markdown: all sentences and tables, without the pictures."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from core.report.blocks import Gallery, Matrix, Paragraph, Picture, Section, Table, Text, Translate, words
from core.report.report import Report

_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#|~$&!])")
_BEGINS_A_LIST: Final = re.compile(r"^([-+]|\d+(?=[.)](\s|$)))")


def to_markdown(report: Report, translate: Translate = str) -> str:
    """The text, with tables as GitHub reads them. What people have named is escaped, and keeps to its line."""
    sections = (line for section in report.sections for line in _section(section, translate))
    parts = [f"# {_plain(report.title, translate)}", *sections, "---", _plain(report.imprint, translate)]
    return "\n\n".join(parts) + "\n"


def _section(section: Section, translate: Translate) -> Iterator[str]:
    yield f"## {_plain(section.title, translate)}"
    for block in section.blocks:
        yield from _WRITERS[type(block)](block, translate)


def _paragraph(block: Paragraph, translate: Translate) -> Iterator[str]:
    text = _plain(block.message, translate)
    yield f"> {text}" if block.is_caution else text


def _table(block: Table, translate: Translate) -> Iterator[str]:
    yield f"**{_plain(block.title, translate)}**"
    rules = ["---:" if column.is_number else "---" for column in block.columns]
    rows = [[column.title for column in block.columns], *block.rows]
    head, *body = (_row([_plain(cell, translate) for cell in row]) for row in rows)
    yield "\n".join([head, _row(rules), *body])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _matrix(block: Matrix, translate: Translate) -> Iterator[str]:
    return _table(block.table, translate)


def _gallery(block: Gallery, translate: Translate) -> Iterator[str]:
    return _table(block.table, translate)


def _picture(_block: Picture, _translate: Translate) -> Iterator[str]:
    """A picture shows what a table beside it tells."""
    yield from ()


_WRITERS: Final[Mapping[type, Callable[[Any, Translate], Iterator[str]]]] = {
    Paragraph: _paragraph,
    Table: _table,
    Matrix: _matrix,
    Gallery: _gallery,
    Picture: _picture,
}


def _plain(text: Text, translate: Translate) -> str:
    """``text`` so that Markdown shows it letter by letter, in one line."""
    escaped = _MARKUP.sub(r"\\\1", " ".join(words(text, translate).split()))
    return _BEGINS_A_LIST.sub(lambda start: f"\\{start[0]}" if start[0] in "-+" else f"{start[0]}\\", escaped)
