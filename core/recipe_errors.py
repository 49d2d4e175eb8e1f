"""Sentences for what pydantic finds wrong with a recipe file."""

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from core.architecture import CATALOGUE
from core.architecture.regularizers import REGULARIZERS
from core.augmentation import AUGMENTATIONS
from core.message import Message, mark, say
from core.objective import OPTIMIZERS, SCHEDULES

KINDS: Mapping[str, Mapping[str, type[BaseModel]]] = {
    "augmentation": AUGMENTATIONS,
    "layers": CATALOGUE,
    "optimizer": OPTIMIZERS,
    "regularizer": REGULARIZERS,
    "schedule": SCHEDULES,
}

EXPECTED = {
    "missing": mark("is missing"),
    "int_type": mark("must be a whole number"),
    "int_from_float": mark("must be a whole number"),
    "float_type": mark("must be a number"),
    "finite_number": mark("must be a finite number"),
    "bool_type": mark("must be true or false"),
    "string_type": mark("must be a text"),
    "literal_error": mark("must be {expected}"),
    "greater_than": mark("must be greater than {gt}"),
    "greater_than_equal": mark("must be at least {ge}"),
    "less_than": mark("must be less than {lt}"),
    "less_than_equal": mark("must be at most {le}"),
    "tuple_type": mark("must be a list"),
    "model_type": mark("must be a mapping of keys to values"),
    "dict_type": mark("must be a mapping of keys to values"),
    "model_attributes_type": mark("must be a mapping of keys to values"),
    "union_tag_not_found": mark("needs the key kind"),
    "size": mark("must be a whole number of at least 1, or two of them as [height, width]"),
    "factors": mark("must be a whole number from 1 to {most}, or two of them as [height, width]"),
    "margins": mark("must be a whole number from 0 to 256, [rows, columns], or [[top, bottom], [left, right]]"),
    "too_deep": mark("must not hold a Residual here: at most {deepest} stand inside each other"),
    "ratios": mark("train, validation and test must sum to 1, not {total}"),
    "fold": mark("fold is counted from 0, so {fold} is not one of {folds} folds"),
    "folds": mark("must be 0 for no folds, or a number from 2 to {most}"),
    "group_pattern": mark("must be empty, or hold {group} once and no * beside it"),
    "string_too_long": mark("must have at most {max_length} letters"),
    "clippings": mark("only one of clipnorm, clipvalue and global_clipnorm can be set"),
    "duplicate": mark("must not hold {name} twice"),
    "too_short": mark("must hold at least {min_length}"),
    "range": mark("low must not be above high"),
    "log_range": mark("a logarithmic range must begin above 0"),
    "range_step": mark("a step must be above 0, and cannot be had together with log"),
    "class_weights": mark("must be balanced, or a number above 0 and up to {most} for each class by its name"),
}
"""What was expected, by pydantic's type of error: https://docs.pydantic.dev/latest/errors/validation_errors/"""

BETWEEN_FIELDS = frozenset({"ratios", "fold", "clippings", "range", "log_range", "range_step"})
"""What is wrong with several fields of one value: all of it was received, which says nothing new."""


def sentence(error: ValidationError, name: str, model: type[BaseModel]) -> Message:
    """What is wrong: in what file (``name``), where in it, what was received and what would be right.

    One thing is told at a time: an unknown key before the missing one that it was probably meant to be, else the first.
    """
    details = min(error.errors(include_url=False), key=lambda found: found["type"] != "extra_forbidden")
    return say("{name}: {problem}", name=name, problem=_problem(details, model))


def _problem(details: ErrorDetails, model: type[BaseModel]) -> Message:
    place = _place(details["loc"])
    if details["type"] == "json_invalid":  # the JSON is our own, so nothing else can be wrong with it
        return say("it is nested too deeply to be a recipe.")
    if details["type"] == "extra_forbidden":
        return _unknown_key(details, model)
    if details["type"] == "union_tag_invalid":
        return _unknown_kind(place, details)
    template = EXPECTED.get(details["type"])
    expected = say(template, **details.get("ctx", {})) if template else say("{reason}", reason=details["msg"])
    if details["type"] == "missing":
        return say("{place} {expected}.", place=place, expected=expected)
    if details["type"] in BETWEEN_FIELDS:
        told = say("{expected}.", expected=expected)
        return say("{place}: {problem}", place=place, problem=told) if place else told
    return say(
        "{place} {expected}; received {received}.", place=place, expected=expected, received=_shown(details["input"])
    )


def _unknown_key(details: ErrorDetails, model: type[BaseModel]) -> Message:
    *parents, key = details["loc"]
    known = _known_keys(parents, model)
    values = {"place": _place(parents) or "recipe", "key": str(key), "known": ", ".join(known)}
    close = get_close_matches(str(key), known, n=1)
    if close:
        return say(
            "{place} has an unknown key {key}. Did you mean {close}? Known keys: {known}.", **values, close=close[0]
        )
    return say("{place} has an unknown key {key}. Known keys: {known}.", **values)


def _unknown_kind(place: str, details: ErrorDetails) -> Message:
    received = str(details["ctx"]["tag"])
    known = [kind.strip("' ") for kind in details["ctx"]["expected_tags"].split(",")]
    close = get_close_matches(received, known, n=1)
    values = {"place": place, "received": received, "known": ", ".join(known)}
    if close:
        return say(
            "{place} has an unknown kind {received}. Did you mean {close}? Known kinds: {known}.",
            **values,
            close=close[0],
        )
    return say("{place} has an unknown kind {received}. Known kinds: {known}.", **values)


def _known_keys(parents: Sequence[int | str], model: type[BaseModel]) -> list[str]:
    for step in parents:
        for kinds in KINDS.values():
            model = kinds.get(str(step), model)
        field = model.model_fields.get(str(step))
        model = next(_models(field.annotation), model) if field else model
    return list(model.model_fields)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """What has fields in an annotation of one kind, with or without None."""
    for kind in (annotation, *get_args(annotation)):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield kind


def _place(steps: Sequence[int | str]) -> str:
    """The way to a value, such as ``layers.0.filters``; the kinds that pydantic puts into it are left out."""
    known_kinds = {kind for kinds in KINDS.values() for kind in kinds}
    return _short(".".join(str(step) for step in steps if step not in known_kinds))


def _shown(value: Any) -> str:
    """As it stands in the file: ``null`` and ``true``, not Python's ``None`` and ``True``."""
    text = repr(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return _short(text)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
