"""The differences between two values whose fields describe themselves."""

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel

from core.message import Message, say
from core.recipe_changes.change import Change, Concern
from core.recipe_changes.fields import described, settings, title, told

Named = Callable[[Message], Message]
"""What a field with this title is called."""


def value_changes(
    path: str, before: BaseModel, after: BaseModel, concern: Concern, named: Named = lambda title: title
) -> Iterator[Change]:
    """Those of the fields that both have, one by one."""
    others = dict(settings(before))
    for name, content in settings(after):
        if name in others and others[name] != content:
            yield from _of_field(f"{path}.{name}", others[name], content, concern, named)


def _of_field(path: str, before: Any, after: Any, concern: Concern, named: Named) -> Iterator[Change]:
    what = named(title(path))
    concern = Concern.SEED if path == "training.seed" else concern
    if not (isinstance(before, BaseModel) and isinstance(after, BaseModel)):
        yield Change(path, what, _from_to(told(before, path), told(after, path)), concern)
        return
    if type(before) is not type(after):  # what both have is told by itself, such as the learning rate of two optimizers
        common = type(before).model_fields.keys() & type(after).model_fields.keys()
        yield Change(path, what, _from_to(described(before, path, common), described(after, path, common)), concern)
    yield from value_changes(path, before, after, concern, named)


def _from_to(before: Message, after: Message) -> Message:
    return say("{before} → {after}", before=before, after=after)
