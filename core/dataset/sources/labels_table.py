"""A table that names files, as text: whatever separates its columns, whatever encoding it was written in."""

import codecs
import contextlib
import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from core.dataset.limits import Limits
from core.errors import DatasetError
from core.message import mark, say

SEPARATORS: Mapping[str, str] = {",": mark("comma"), ";": mark("semicolon"), "\t": mark("tab"), "|": mark("bar")}
TABLE_SUFFIXES = frozenset({".csv", ".tsv"})

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ENCODINGS = ("utf-8", "cp949")
_LOOKED_AT = 100
_LONGEST_SHOWN = 80


@dataclass(frozen=True)
class Row:
    """``fields``, one per column, without the space around them. ``number`` is that in a spreadsheet, where the header
    is row 1; ``excess`` tells that the row had more fields than the header."""

    number: int
    fields: tuple[str, ...]
    excess: bool = False


@dataclass(frozen=True)
class LabelsTable:
    """A table with the file name ``name``. Every value is text as it was written: ``007`` stays ``007``.

    ``header`` has the names of the columns, all different; columns without a name have an empty one.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    separator: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that have a name."""
        return tuple(column for column in self.header if column)

    def values(self, column: str) -> list[str]:
        """The values of ``column``, one per row. Raises DatasetError if there is no such column."""
        if column not in self.columns:
            raise DatasetError(
                say(
                    "{table} has no column {column}. Its columns are: {columns}.",
                    table=self.name,
                    column=column,
                    columns=", ".join(self.columns),
                )
            )
        position = self.header.index(column)
        return [row.fields[position] for row in self.rows]


def is_table(path: str) -> bool:
    """Whether the name says that the file is a table: it ends in .csv or .tsv."""
    return PurePosixPath(path).suffix.lower() in TABLE_SUFFIXES


def read_table(data: bytes, name: str, limits: Limits) -> LabelsTable:
    """The table in ``data``: separated by comma, semicolon, tab or bar; UTF-8, UTF-16 or CP949 (Korean Windows).

    Raises DatasetError with what is wrong with it as a whole, as when there is no row below the header.
    """
    text = _text(data, name)
    separator = _separator(text, name)
    records = _records(text, separator, name)
    header = _header(next(records, (1, []))[1], name)
    rows: list[Row] = []
    for number, fields in records:
        limits.check_files(name, len(rows))
        rows.append(_row(number, fields, len(header)))
    if not rows:
        raise DatasetError(say("{table} has a header and no row below it. Write one row for each image.", table=name))
    return LabelsTable(name, header, tuple(rows), separator)


def _text(data: bytes, name: str) -> str:
    if not data.strip():
        raise DatasetError(say("{table} is empty. Write a header, and one row for each image.", table=name))
    for encoding in _encodings(data):
        try:
            return unicodedata.normalize("NFC", data.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise DatasetError(say("{table} cannot be read as text. Save it as “CSV UTF-8”.", table=name))


def _encodings(data: bytes) -> tuple[str, ...]:
    for byte_order_mark, encoding in _MARKS:
        if data.startswith(byte_order_mark):
            return (encoding,)
    if b"\0" in data[:_LOOKED_AT]:  # ASCII in two bytes each: the zero is the second in little-endian order
        return ("utf-16-be",) if data[0] == 0 else ("utf-16-le",)
    return _ENCODINGS


def _separator(text: str, name: str) -> str:
    """The separator that gives the first rows the most columns, each row as many as the header."""
    best = max(SEPARATORS, key=lambda separator: _fit(text, separator))
    if _fit(text, best)[1] > 1:
        return best
    raise DatasetError(
        say(
            "{table} has one column only: its first row is “{header}”. It needs a column of file names and one of "
            "labels, separated by comma, semicolon, tab or |.",
            table=name,
            header=text.splitlines()[0][:_LONGEST_SHOWN],
        )
    )


def _fit(text: str, separator: str) -> tuple[float, int]:
    """The share of the first rows with as many fields as the header, and how many those are; none if one."""
    widths: list[int] = []
    with contextlib.suppress(csv.Error):  # `_records` says where it is
        for fields in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            widths += [len(fields)] if fields else []
            if len(widths) == _LOOKED_AT:
                break
    if not widths or widths[0] < 2:
        return 0.0, 0
    return widths.count(widths[0]) / len(widths), widths[0]


def _records(text: str, separator: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, numbered from 1, blank ones counted."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, fields in enumerate(reader, start=1):
            stripped = [field.strip() for field in fields]
            if any(stripped):
                yield number, stripped
    except csv.Error as error:
        raise DatasetError(
            say(
                "{table} cannot be read at line {line}: a quotation mark is not closed, or a field is too long.",
                table=name,
                line=reader.line_num,
            )
        ) from error


def _header(fields: list[str], name: str) -> tuple[str, ...]:
    named = [field for field in fields if field]
    double = next((field for field in named if named.count(field) > 1), None)
    if double is not None:
        raise DatasetError(
            say("{table} has two columns called {column}. Give each a name of its own.", table=name, column=double)
        )
    return tuple(fields)


def _row(number: int, fields: list[str], columns: int) -> Row:
    filled = fields[:columns] + [""] * (columns - len(fields))
    return Row(number, tuple(filled), excess=any(fields[columns:]))
