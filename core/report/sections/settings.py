"""All that the training was told: image size, augmentation, loss, optimizer and course."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from core.message import Message, say
from core.recipe import ALWAYS_TOLD
from core.recipe_changes.fields import distinctive, settings, title, told, verbatim
from core.report.blocks import Block, Column, Paragraph, Section, Table, facts
from core.report.kept import Kept


def section(kept: Kept) -> Section:
    """The settings as tables."""
    recipe = kept.run.recipe
    return Section(
        say("Settings"),
        (
            facts(say("Images as the net sees them"), list(_rows("image", recipe.image))),
            _augmentation(kept),
            facts(say("Loss, optimizer and course"), list(_rows("training", recipe.training))),
        ),
    )


def _augmentation(kept: Kept) -> Block:
    augmentation = kept.run.recipe.augmentation
    if not augmentation:
        return Paragraph(say("Training images are not changed at random (no augmentation)."))
    rows = tuple((each.kind, distinctive(each) or say("as it is by default")) for each in augmentation)
    return Table(say("Random changes of training images"), (Column(say("What")), Column(say("Settings"))), rows)


def _rows(path: str, value: BaseModel) -> Iterator[tuple[Message, Message]]:
    """Every setting; of one with settings of its own, its kind and those that a reader looks for."""
    for name, content in settings(value):
        below = f"{path}.{name}"
        if not isinstance(content, BaseModel):
            yield title(below), told(content, below)
            continue
        yield title(below), _kind(content)
        yield from ((title(f"{below}.{inner}"), told(each)) for inner, each in looked_for(content))


def _kind(value: BaseModel) -> Message:
    kind = getattr(value, "kind", None)
    return verbatim(kind) if kind else say("yes")


def looked_for(value: BaseModel) -> Iterator[tuple[str, Any]]:
    """The settings of ``value`` that a reader looks for, and those that are not as by default."""
    fields = type(value).model_fields
    for name, content in settings(value):
        if name in ALWAYS_TOLD or content != fields[name].default:
            yield name, content
