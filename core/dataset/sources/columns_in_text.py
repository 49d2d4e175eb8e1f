"""A choice of columns behind the path of a source, as in ``labels.csv?label=species&group=patient``.

So a choice passes through whatever hands a source on as text, such as the command line.
"""

from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from core.dataset.sources.label_columns import KINDS, LabelColumns
from core.errors import DatasetError
from core.message import say

_ROLES = tuple(field.name for field in fields(LabelColumns))

Choice = Mapping[str, str]
"""From a field of LabelColumns to a column, or to a kind. Empty: nothing is to be taken for it. Where one is missing,
what is suggested is taken."""


def with_columns(data: str | Path, columns: LabelColumns) -> str:
    """The source ``data``, to be read by ``columns``, as a text for `open_source`."""
    return f"{data}?{urlencode({role: value or '' for role, value in asdict(columns).items()})}"


def split_choice(data: str | Path) -> tuple[Path, Choice]:
    """The path in ``data`` and the choice of columns behind it. Raises DatasetError for one that cannot be read.

    A file that has a ? in its own name is that file.
    """
    path, question, query = str(data).rpartition("?")
    if not question or Path(data).exists():
        return Path(data), {}
    choice = dict(parse_qsl(query, keep_blank_values=True))
    unknown = [role for role in choice if role not in _ROLES]
    if unknown or not choice:
        raise DatasetError(
            say(
                "{text} is no choice of columns. Write it like label=species&group=patient; what can be chosen is: "
                "{roles}.",
                text=query,
                roles=", ".join(_ROLES),
            )
        )
    if choice.get("kind", KINDS[0]) not in KINDS:
        raise DatasetError(
            say("The kind of labels is {kinds}, but it was {kind}.", kinds=" or ".join(KINDS), kind=choice["kind"])
        )
    return Path(path), choice
