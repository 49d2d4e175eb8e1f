"""The fields of a recipe, and what they hold, as people say them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel

from core.message import Message, mark, say

TITLES: Final[Mapping[str, str]] = {
    "image.height": mark("image height"),
    "image.width": mark("image width"),
    "image.channels": mark("colour channels"),
    "image.fit": mark("fit of other proportions"),
    "split.train": mark("share for training"),
    "split.validation": mark("share for validation"),
    "split.test": mark("share for the test"),
    "split.seed": mark("seed of the split"),
    "split.stratify": mark("the same share of each class in every part"),
    "split.keep_together": mark("what stays in one part"),
    "split.group_pattern": mark("how a file name tells the group"),
    "split.given": mark("parts that the images came with"),
    "split.folds": mark("number of folds"),
    "split.fold": mark("fold that validates, from 0"),
    "training.loss": mark("loss"),
    "training.optimizer": mark("optimizer"),
    "training.optimizer.learning_rate": mark("learning rate"),
    "training.optimizer.weight_decay": mark("weight decay"),
    "training.optimizer.momentum": mark("momentum"),
    "training.batch_size": mark("batch size"),
    "training.epochs": mark("epochs"),
    "training.seed": mark("seed"),
    "training.metrics": mark("further metrics"),
    "training.label_smoothing": mark("label smoothing"),
    "training.class_weights": mark("class weights"),
    "training.standardize": mark("numbers standardized"),
    "training.schedule": mark("learning rate schedule"),
    "training.schedule.warmup_epochs": mark("warm-up in epochs"),
    "training.early_stopping": mark("early stopping"),
    "training.early_stopping.patience": mark("patience of early stopping"),
    "training.early_stopping.monitor": mark("figure that early stopping watches"),
    "training.reduce_on_plateau": mark("lower learning rate on a plateau"),
    "training.reduce_on_plateau.patience": mark("patience on a plateau"),
    "training.reduce_on_plateau.monitor": mark("figure that shows a plateau"),
    "training.keep_best": mark("figure whose best epoch is kept"),
    "training.mixed_precision": mark("mixed precision"),
}
"""By their paths; the other arguments are called as Keras calls them."""

_NOT_SETTINGS: Final = frozenset({"kind", "layers"})
"""What a value of the recipe is, or holds: neither is a setting of it."""


_WHAT_IT_IS: Final = frozenset({"pool_size", "size"})
"""Told even where it is as by default: without it, a pooling is not described."""


def title(path: str) -> Message:
    """What the field at ``path`` is called."""
    known = TITLES.get(path)
    return say(known) if known else verbatim(path.rpartition(".")[2].replace("_", " "))


def verbatim(text: str) -> Message:
    """``text`` as it is, in every language."""
    return Message("{text}", {"text": text})


def settings(value: BaseModel) -> Iterator[tuple[str, Any]]:
    """The names and contents of all fields of ``value`` that are settings."""
    for name in type(value).model_fields:
        if name not in _NOT_SETTINGS:
            yield name, getattr(value, name)


def told(value: Any, path: str = "") -> Message:
    """What the field at ``path`` holds, exactly."""
    if value is None or value in ("", ()):
        return say("none")
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, BaseModel):
        return described(value, path)
    if isinstance(value, Mapping):
        weights = ", ".join(f"{name} {weight}" for name, weight in value.items())
        return verbatim(weights) if weights else say("none by name")
    if isinstance(value, tuple):
        return verbatim(_joined(value))
    return verbatim(f"{value:,}" if isinstance(value, int) else str(value))


def distinctive(value: BaseModel, path: str = "", without: Collection[str] = ()) -> Message | None:
    """The settings of ``value`` that differ from their defaults, or are all that it is, in words. Those called as in
    ``without`` are left out; None where there are none."""
    fields = type(value).model_fields
    chosen = [
        say("{name} {value}", name=title(f"{path}.{name}"), value=told(content))
        for name, content in settings(value)
        if (content != fields[name].default or name in _WHAT_IT_IS) and name not in without
    ]
    return listed(chosen) if chosen else None


def listed(messages: Sequence[Message]) -> Message:
    """One behind the other, with commas between."""
    names = [f"item{number}" for number in range(len(messages))]
    return Message(", ".join(f"{{{name}}}" for name in names), dict(zip(names, messages, strict=True)))


def described(value: BaseModel, path: str, without: Collection[str] = ()) -> Message:
    """The kind of ``value`` and its `distinctive` settings: ``SGD (learning rate 0.1, momentum 0.9)``."""
    kind = getattr(value, "kind", None)
    chosen = distinctive(value, path, without)
    if kind is None:
        return chosen or say("yes, as it is by default")
    return say("{kind} ({settings})", kind=kind, settings=chosen) if chosen else verbatim(kind)


def _joined(value: tuple[Any, ...]) -> str:
    """Sizes with a × between, other lists with commas."""
    is_size = all(isinstance(each, int) for each in value)
    parts = (_joined(each) if isinstance(each, tuple) else str(each) for each in value)
    return (" × " if is_size else ", ").join(parts)
