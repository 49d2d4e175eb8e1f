"""All files of a source by name, and those among them that are tables by content."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from core.dataset.class_folders import places
from core.dataset.refused_file_error import RefusedFileError
from core.dataset.sources.labels_table import is_table
from core.dataset.sources.source import Source

_MOST_TABLES = 20


@dataclass(frozen=True)
class SourceFiles:
    """``paths`` of all files, and the contents of ``tables`` among them by path."""

    paths: list[str]
    tables: Mapping[str, bytes]

    @cached_property
    def lie_in_classes(self) -> bool:
        """Whether the folders alone would make a dataset."""
        found = {place.class_name for place in places([path for path in self.paths if path not in self.tables])}
        return len(found - {None}) > 1


def look_through(source: Source) -> SourceFiles:
    """The files of ``source`` with the contents of its tables; where there are over 20, none of them is looked into."""
    paths: list[str] = []
    tables: dict[str, bytes] = {}
    for member in source.members():
        paths.append(member.path)
        if is_table(member.path) and len(tables) <= _MOST_TABLES:
            try:
                tables[member.path] = member.read()
            except RefusedFileError:  # the intake will say so
                continue
    return SourceFiles(paths, tables if len(tables) <= _MOST_TABLES else {})


def look_beside(source: Source, table_path: str) -> SourceFiles:
    """The files of ``source`` with the content of the one table at ``table_path``. Raises DatasetError if it cannot be
    read."""
    paths: list[str] = []
    tables: dict[str, bytes] = {}
    for member in source.members():
        paths.append(member.path)
        if member.path == table_path:
            tables[table_path] = member.read()
    return SourceFiles(paths, tables)
