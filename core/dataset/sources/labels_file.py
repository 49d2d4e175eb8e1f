"""A table of labels among the files of a source: found, judged, and used where it names them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from core.dataset.limits import Limits
from core.dataset.sources.columns_in_text import Choice
from core.dataset.sources.label_columns import KINDS, ColumnSuggestion, LabelColumns, suggested_columns, suggested_kind
from core.dataset.sources.labelled import labelled
from core.dataset.sources.labels_table import LabelsTable, read_table
from core.dataset.sources.source import Source
from core.dataset.sources.table_search import SourceFiles, look_beside, look_through
from core.errors import DatasetError
from core.message import Message, say


@dataclass(frozen=True)
class FoundLabels:
    """A table of a source and what its columns are best taken for; ``files`` are there besides it.

    ``is_used``: it is gone by without a choice. It is not where class folders say more, or a label has to be chosen.
    """

    table: LabelsTable
    suggestion: ColumnSuggestion
    files: int
    is_used: bool


def by_table(source: Source, table_path: str, choice: Choice) -> Source:
    """The files of ``source`` that its table at ``table_path`` names.

    Raises DatasetError if nothing can be had from the table as a whole, or ``choice`` does not fit it.
    """
    return _by_table(source, look_beside(source, table_path), table_path, choice)


def with_labels(source: Source, choice: Choice) -> Source:
    """``source``, read by the one table among its files that names them; unchanged if there is none.

    Where the files lie in class folders, the table must name half of them at least and tell something of them, or it
    is refused like any file that is no image. Elsewhere, and for a ``choice``, the only table must be of use: raises
    DatasetError if it is not.
    """
    files = look_through(source)
    if len(files.tables) == 1 and (choice or not files.lie_in_classes):
        return _by_table(source, files, next(iter(files.tables)), choice)
    if choice:
        raise DatasetError(
            say(
                "{name} holds {count:,} tables. Columns can be chosen where there is exactly one.",
                name=source.name,
                count=len(files.tables),
            )
        )
    used = [(path, found) for path, found in _all_found(files, source.limits) if found.is_used]
    if len(used) != 1:
        return source
    ((path, found),) = used
    return labelled(source, files.paths, path, found.table, found.suggestion.columns)


def find_labels(source: Source, table_path: str | None = None) -> FoundLabels | None:
    """What there is to choose in the table at ``table_path``, or in the one table of ``source`` that names its files.

    None if no table does, or several do. Raises DatasetError if the table at ``table_path`` cannot be read.
    """
    if table_path is not None:
        files = look_beside(source, table_path)
        return _found(files, table_path, _table(files, table_path, source.limits))
    all_found = _all_found(look_through(source), source.limits)
    return all_found[0][1] if len(all_found) == 1 else None


def _by_table(source: Source, files: SourceFiles, table_path: str, choice: Choice) -> Source:
    table = _table(files, table_path, source.limits)
    suggestion = suggested_columns(table, files.paths, _folder(table_path))
    columns = _chosen(table, None if suggestion is None else suggestion.columns, choice)
    if columns.label is None and not files.lie_in_classes:
        raise DatasetError(_no_label(table, columns))
    return labelled(source, files.paths, table_path, table, columns)


def _table(files: SourceFiles, table_path: str, limits: Limits) -> LabelsTable:
    table = read_table(files.tables[table_path], table_path, limits)
    names = {path.rpartition("/")[2] for path in files.paths}
    file = next((column for column in table.columns if column.rpartition("/")[2] in names), None)
    if file is not None:
        raise DatasetError(
            say(
                "{table} has no header: its first row names the file {file}. Write the names of the columns above it, "
                "such as file,label.",
                table=table.name,
                file=file,
            )
        )
    return table


def _all_found(files: SourceFiles, limits: Limits) -> list[tuple[str, FoundLabels]]:
    """The tables that can be read and name files of the source."""
    all_found = []
    for path in files.tables:
        try:
            found = _found(files, path, _table(files, path, limits))
        except DatasetError:  # it stays a file that is no image, and is refused as one
            continue
        if found is not None:
            all_found.append((path, found))
    return all_found


def _found(files: SourceFiles, table_path: str, table: LabelsTable) -> FoundLabels | None:
    suggestion = suggested_columns(table, files.paths, _folder(table_path))
    if suggestion is None:
        return None
    others = len(files.paths) - len(files.tables)
    columns = suggestion.columns
    if files.lie_in_classes:
        tells_something = any((columns.label, columns.group, columns.part))
        return FoundLabels(table, suggestion, others, tells_something and 2 * suggestion.matched >= others)
    return FoundLabels(table, suggestion, others, columns.label is not None)


def _chosen(table: LabelsTable, suggested: LabelColumns | None, choice: Choice) -> LabelColumns:
    """``choice``, and what was suggested where it says nothing and the column is not chosen for something else."""
    taken = set(choice.values())
    offered = {} if suggested is None else asdict(suggested)
    columns = {role: column for role, column in offered.items() if column not in taken} | dict(choice)
    if not columns.get("file"):
        raise DatasetError(_names_no_file(table))
    label = columns.get("label") or None
    kinds = [kind for kind in KINDS if kind == choice.get("kind")]
    kind = kinds[0] if kinds else suggested_kind(table.values(label))[0] if label else "class"
    return LabelColumns(columns["file"], label, columns.get("group") or None, columns.get("part") or None, kind)


def _names_no_file(table: LabelsTable) -> Message:
    return say(
        "No column of {table} names a file that is there. Its first row is: {row}. File names are looked for in the "
        "folder of the table.",
        table=table.name,
        row=_shown(table.rows[0].fields),
    )


def _no_label(table: LabelsTable, columns: LabelColumns) -> Message:
    left = [column for column in table.columns if column not in (columns.file, columns.group, columns.part)]
    if not left:
        return say(
            "{table} has no column of labels. Its columns are: {columns}.",
            table=table.name,
            columns=_shown(table.columns),
        )
    return say(
        "It is not clear which column of {table} holds the labels: {columns}. Call that one “label”, or choose it as "
        "in {table}?label={first}.",
        table=table.name,
        columns=_shown(left),
        first=left[0],
    )


def _shown(texts: Sequence[str]) -> str:
    return ", ".join(texts)


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
