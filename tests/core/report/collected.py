"""All that a report, or the database, holds of one kind."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from sqlalchemy import select

from core.message import Message
from core.report.blocks import Figure
from core.runs.database import Database
from core.runs.tables import Table

Found = TypeVar("Found")


def collected(kind: type[Found], value: Any) -> Iterator[Found]:
    """Everything of ``kind`` within ``value``: in its fields, its items, and among the values of its sentences."""
    if isinstance(value, kind):
        yield value
    if isinstance(value, Message):
        yield from collected(kind, tuple(value.values.values()))
    elif is_dataclass(value):
        yield from collected(kind, tuple(getattr(value, field.name) for field in fields(value)))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from collected(kind, item)


def figures(value: Any) -> set[float]:
    """The numbers that a report tells."""
    return {figure.value for figure in collected(Figure, value)}


def numbers_in(database: Database) -> set[float]:
    """Every number in every row of every table, also within JSON."""
    tables = [mapper.class_ for mapper in Table.registry.mappers]
    rows = [row for table in tables for row in database.rows(select(*table.__table__.columns))]
    return set(_numbers([list(row) for row in rows]))


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, int | float):
        yield value
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _numbers(item)
