"""What a report is made of: sections with sentences, tables and pictures, in no language and no format yet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from core.message import Message, say

Translate = Callable[[Message], str]
"""Puts a sentence into the language of the report."""


@dataclass(frozen=True)
class Figure:
    """A number as it was found, and the format in which it is read."""

    value: float
    spec: str = ","

    def __str__(self) -> str:
        return format(self.value, self.spec)


Text = str | Message | Figure | None
"""What stands in a cell; None where something has no value."""


def words(text: Text, translate: Translate) -> str:
    """``text`` as it is read."""
    if isinstance(text, Message):
        return translate(text)
    return "–" if text is None else str(text)


@dataclass(frozen=True)
class Paragraph:
    """A sentence or several. A caution takes from the worth of a figure."""

    kind: ClassVar[str] = "paragraph"

    message: Message
    is_caution: bool = False


@dataclass(frozen=True)
class Column:
    """The title of a column; those of numbers stand to the right."""

    title: Message
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """``title`` says what it shows; every row has a cell for each of the ``columns``."""

    kind: ClassVar[str] = "table"

    title: Message
    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]

    @property
    def is_small(self) -> bool:
        """Whether it stays on one page, beside another one where there is room."""
        return len(self.rows) <= 12 and len(self.columns) <= 5


@dataclass(frozen=True)
class Matrix:
    """Counts by true class (rows) and predicted class (columns), (classes, classes), both called as in ``names``."""

    kind: ClassVar[str] = "matrix"

    title: Message
    names: tuple[str, ...]
    counts: tuple[tuple[Figure, ...], ...]

    @property
    def is_wide(self) -> bool:
        """Whether the names of its columns are wider than a page, so that numbers have to stand for them."""
        return sum(len(name) + 4 for name in self.names) > 90

    @property
    def table(self) -> Table:
        """The same as a plain table."""
        columns = (Column(say("True class")), *(Column(say("as {name}", name=name), True) for name in self.names))
        rows: list[tuple[Text, ...]] = [(name, *counts) for name, counts in zip(self.names, self.counts, strict=True)]
        return Table(self.title, columns, tuple(rows))

    def share(self, row: int, column: int) -> float:
        """How much of the true class is in a cell, 0–1."""
        images = sum(count.value for count in self.counts[row])
        return self.counts[row][column].value / images if images else 0.0


@dataclass(frozen=True)
class Picture:
    """A drawing; ``svg`` makes it, with its words in the language of the report, and ``alt`` says what it shows."""

    kind: ClassVar[str] = "picture"

    svg: Callable[[Translate], str]
    alt: Message


@dataclass(frozen=True)
class Thumbnail:
    """A small image as PNG, the file that it is, and what is said of it."""

    png: bytes
    path: str
    caption: Message


@dataclass(frozen=True)
class Gallery:
    """Thumbnails, and the same without pictures."""

    kind: ClassVar[str] = "gallery"

    thumbnails: tuple[Thumbnail, ...]
    table: Table


Block = Paragraph | Table | Matrix | Picture | Gallery


@dataclass(frozen=True)
class Section:
    """A part of the report under one heading."""

    title: Message
    blocks: tuple[Block, ...]


def share(value: float | None) -> Figure | None:
    """A share of images, 0–1, in percent."""
    return None if value is None else Figure(value, ".1%")


def quantity(value: float | None) -> Figure | None:
    """A number in the units of the data."""
    return None if value is None else Figure(value, ",.4g")


def span(ends: tuple[float, float] | list[float] | None, of: Callable[[float], Figure | None]) -> Message | None:
    """An interval, each end as ``of`` makes it; None where there is none."""
    return None if ends is None else say("{low} to {high}", low=of(ends[0]), high=of(ends[1]))


def facts(title: Message, rows: list[tuple[Message, Text]]) -> Table:
    """A table of names and what they are."""
    return Table(title, (Column(say("What")), Column(say("Value"))), tuple(rows))
