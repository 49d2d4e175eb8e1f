"""Files of which a table says what they show: each row is checked on its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NoReturn

from core.dataset.given_part import given_part
from core.dataset.image_file import open_image
from core.dataset.refused_file_error import RefusedFileError
from core.dataset.sources.label_columns import LabelColumns
from core.dataset.sources.labels_table import LabelsTable, Row
from core.dataset.sources.named_files import AMBIGUOUS, NamedFiles
from core.dataset.sources.number_text import number_in
from core.dataset.sources.source import Known, Member, Source, unusable
from core.errors import DatasetError
from core.message import Message, say

Texts = Mapping[str, str]


@dataclass
class _Answers:
    """What the table says of files that are there, and of names that lead to none."""

    of_files: dict[str, Known | Message] = field(default_factory=dict)
    of_names: list[tuple[str, Message]] = field(default_factory=list)


def labelled(
    source: Source, paths: Sequence[str], table_path: str, table: LabelsTable, columns: LabelColumns
) -> Source:
    """``source``, whose files are ``paths``, with what ``table`` (its file ``table_path``) says of them.

    A file is refused if the table does not name it, or what it says cannot be used; a name is refused if no file is
    called so. Raises DatasetError if a column is missing, no file is named, or all files are of one class or number.
    """
    folder = table_path.rpartition("/")[0]
    others = [path for path in paths if path != table_path]
    answers = _answers(table, columns, NamedFiles(others, folder))
    _check(answers, table, columns)
    members = partial(_members, source, table_path, table.name, answers)
    return replace(source, files=len(others) + len(answers.of_names), members=members)


def _answers(table: LabelsTable, columns: LabelColumns, files: NamedFiles) -> _Answers:
    roles = {"file": columns.file, "label": columns.label, "group": columns.group, "part": columns.part}
    values = {role: table.values(column) for role, column in roles.items() if column is not None}
    answers = _Answers()
    first_rows: dict[str, tuple[int, Texts]] = {}
    for position, row in enumerate(table.rows):
        texts = {role: column[position] for role, column in values.items()}
        name = texts.pop("file")
        path = files.find(name) if name else None
        if not path:
            answers.of_names.append((name or table.name, _no_file(table.name, row.number, name, path)))
        elif path not in first_rows:
            first_rows[path] = (row.number, texts)
            answers.of_files[path] = _known(table, row, texts, columns)
        elif texts != first_rows[path][1]:
            answers.of_files[path] = _contradiction(table.name, (first_rows[path], (row.number, texts)), roles)
    return answers


def _known(table: LabelsTable, row: Row, texts: Texts, columns: LabelColumns) -> Known | Message:
    """What one row says of its file, or why it cannot be used."""
    place = {"row": row.number, "table": table.name}
    if row.excess:
        return say(
            "Row {row} of {table} has more fields than the header. Put quotation marks around a text that contains "
            "“{sign}”.",
            **place,
            sign=table.separator,
        )
    part = given_part(texts.get("part", "")) or ""
    if texts.get("part") and not part:
        return say(
            "Row {row} of {table} puts the image into {part}. Write train, validation or test, or nothing.",
            **place,
            part=texts["part"],
        )
    known = Known(group=texts.get("group", ""), part=part)
    if columns.label is None:
        return known
    if not texts["label"]:
        return say("Row {row} of {table} has no label for the image. Write one into it.", **place)
    if columns.kind == "class":
        return replace(known, class_name=texts["label"])
    value = number_in(texts["label"])
    if value is None:
        return say(
            "The label {label} in row {row} of {table} is not a number. Write it like 3, -2.5 or 1e3.",
            **place,
            label=texts["label"],
        )
    return replace(known, value=value)


def _no_file(table: str, row: int, name: str, found: str | None) -> Message:
    if not name:
        return say("Row {row} of {table} names no file. Write the name of its image into it.", row=row, table=table)
    if found == AMBIGUOUS:
        return say(
            "Row {row} of {table} may mean several files. Write the folder before the name.", row=row, table=table
        )
    return say(
        "Row {row} of {table} names a file that is not there. Add the file, or correct its name.", row=row, table=table
    )


def _contradiction(table: str, rows: Sequence[tuple[int, Texts]], columns: Mapping[str, str | None]) -> Message:
    (first_row, first), (second_row, second) = rows
    role = next(role for role in first if first[role] != second[role])
    return say(
        "{table} names the image twice: {column} is “{first}” in row {first_row} and “{second}” in row {second_row}. "
        "Delete the wrong row.",
        table=table,
        column=columns[role],
        first=first[role],
        first_row=first_row,
        second=second[role],
        second_row=second_row,
    )


def _check(answers: _Answers, table: LabelsTable, columns: LabelColumns) -> None:
    """Raises DatasetError if there is nothing to be learned from the table as a whole."""
    if not answers.of_files:
        raise DatasetError(_names_nothing(answers, table, columns))


def _names_nothing(answers: _Answers, table: LabelsTable, columns: LabelColumns) -> Message:
    return say(
        "The column {column} of {table} names no file that is there. The first of its names is {name}; names are "
        "looked for in the folder of the table.",
        column=columns.file,
        table=table.name,
        name=answers.of_names[0][0],
    )


def _members(source: Source, table_path: str, table: str, answers: _Answers) -> Iterator[Member]:
    for member in source.members():
        if member.path != table_path:
            yield _member(member, answers.of_files.get(member.path), table)
    for name, reason in answers.of_names:
        yield unusable(name, reason)


def _member(member: Member, answer: Known | Message | None, table: str) -> Member:
    if answer is None:
        return replace(member, read=partial(_refuse_unnamed, member, table))
    if isinstance(answer, Message):
        return unusable(member.path, answer)
    return replace(member, known=answer)


def _refuse_unnamed(member: Member, table: str) -> NoReturn:
    """What is no image is refused for that."""
    open_image(member.read(), member.path)
    raise RefusedFileError(say("{table} does not name the image. Add a row for it.", table=table))
