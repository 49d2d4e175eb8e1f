"""Which column of a table says what: the file, its label, its group, its part of a split."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from core.dataset.given_part import given_part
from core.dataset.sources.labels_table import LabelsTable
from core.dataset.sources.named_files import NamedFiles
from core.dataset.sources.number_text import is_code, number_in
from core.message import Message, say, say_count

Kind = Literal["class", "number"]
KINDS: tuple[Kind, ...] = get_args(Kind)

LABEL_NAMES = (
    *("label", "labels", "class", "classname", "category", "target", "y", "value", "score", "species", "breed"),
    *("라벨", "레이블", "클래스", "분류", "정답", "값", "점수"),
)
GROUP_NAMES = (
    *("group", "groups", "patient", "subject", "person", "burst", "series", "scene", "session", "video", "id"),
    *("그룹", "환자", "대상", "사람", "묶음"),
)
PART_NAMES = ("split", "part", "set", "subset", "partition", "phase", "분할", "구분")

_MOST_CLASSES_IN_NUMBERS = 20
_LEAST_SHARE_OF_NUMBERS = 0.95
_MOST_ROWS_TRIED = 2_000


@dataclass(frozen=True)
class LabelColumns:
    """The columns to go by. Without ``label``, the folder that an image lies in is its class.

    ``kind`` "number": the labels are numbers to be predicted. ``group`` keeps images together in a split, ``part`` is
    the side of a split that they were given.
    """

    file: str
    label: str | None
    group: str | None = None
    part: str | None = None
    kind: Kind = "class"


@dataclass(frozen=True)
class ColumnSuggestion:
    """``columns`` as they are best taken, and for each of their fields that was found, why. ``matched`` rows of the
    table name a file that is there. ``is_clear``: the label was not chosen among several that it might be."""

    columns: LabelColumns
    reasons: Mapping[str, Message]
    matched: int
    is_clear: bool


def suggested_columns(table: LabelsTable, paths: Sequence[str], folder: str = "") -> ColumnSuggestion | None:
    """What the columns of ``table``, which lies in ``folder`` of the files ``paths``, are best taken for.

    None if no column names any of the files.
    """
    files = NamedFiles(paths, folder)
    file = _file_column(table, files)
    if file is None:
        return None
    others = [column for column in table.columns if column != file]
    part, label = _part_column(table, others), _named(others, LABEL_NAMES)
    group = _group_column(table, [column for column in others if column not in (part, label)])
    left = [column for column in others if column not in (part, group)]
    only = left[0] if label is None and len(left) == 1 else None
    kind, kind_reason = suggested_kind(table.values(label or only or file))
    matched = sum(bool(files.find(value)) for value in table.values(file))
    reasons = {
        "file": say("{matched:,} of its {rows:,} values name a file.", matched=matched, rows=len(table.rows)),
        "label": say("It is the only column left.") if only else say("Its name says so."),
        "group": say("Its name says so."),
        "part": say("Its name says so."),
        "kind": kind_reason,
    }
    columns = LabelColumns(file, label or only, group, part, kind if label or only else "class")
    if columns.label is None:
        reasons.pop("kind")
    found = {role: reason for role, reason in reasons.items() if getattr(columns, role) is not None}
    return ColumnSuggestion(columns, found, matched, is_clear=columns.label is not None or not left)


def suggested_kind(labels: Sequence[str]) -> tuple[Kind, Message]:
    """Whether ``labels`` are best taken for classes or for numbers to predict, and why.

    Numbers: almost all of them are numbers, and more than 20 differ or some are not whole.
    """
    filled = [label for label in labels if label]
    numbers = [number for label in filled if not is_code(label) and (number := number_in(label)) is not None]
    if not filled or len(numbers) < _LEAST_SHARE_OF_NUMBERS * len(filled):
        return "class", say("The labels are words.")
    different = len(set(numbers))
    if not all(number.is_integer() for number in numbers):
        return "number", say("The labels are numbers with decimals.")
    if different > _MOST_CLASSES_IN_NUMBERS:
        return "number", say_count(
            "The labels are {count:,} whole number.",
            "The labels are {count:,} different whole numbers, too many for classes.",
            count=different,
        )
    return "class", say_count(
        "The labels are only {count:,} whole number.",
        "The labels are only {count:,} different whole numbers.",
        count=different,
    )


def _file_column(table: LabelsTable, files: NamedFiles) -> str | None:
    """The column that names the most files; None if none names any."""
    matches = {column: _matches(table.values(column), files) for column in table.columns}
    best = max(matches, key=lambda column: matches[column], default=None)
    return best if best is not None and matches[best] else None


def _matches(values: Sequence[str], files: NamedFiles) -> int:
    """How many files the values, evenly picked, name; each file counts once, since a column of classes names few."""
    picked = values[:: len(values) // _MOST_ROWS_TRIED + 1]
    return len({path for value in picked if (path := files.find(value))})


def _named(columns: Sequence[str], names: Sequence[str]) -> str | None:
    """The column with the first of the names; else one in whose name it is a word, such as ``patient_id``."""
    whole = {_joined(column): column for column in reversed(columns)}
    found = [whole[name] for name in names if name in whole]
    found += [column for name in names for column in columns if name in _words(column)]
    return next(iter(found), None)


def _joined(column: str) -> str:
    return "".join(_words(column))


def _words(column: str) -> list[str]:
    return re.split(r"[\W_]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", column).casefold())


def _group_column(table: LabelsTable, columns: Sequence[str]) -> str | None:
    """One that is called like a group, and in which values are repeated: else it numbers the images."""
    repeating = [column for column in columns if Counter(table.values(column)).most_common(1)[0][1] > 1]
    return _named(repeating, GROUP_NAMES)


def _part_column(table: LabelsTable, columns: Sequence[str]) -> str | None:
    """One that is called like a split, and in which most of what is written names a part."""
    return _named([column for column in columns if _tells_parts(table.values(column))], PART_NAMES)


def _tells_parts(values: Sequence[str]) -> bool:
    filled = [value for value in values if value]
    return 2 * sum(given_part(value) is not None for value in filled) > len(filled)
