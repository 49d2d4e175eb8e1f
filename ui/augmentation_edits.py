"""The edits that the list of augmentations makes in the draft."""

from collections.abc import Sequence
from typing import Any

from core.augmentation import FRESH_AUGMENTATIONS, Augmentation
from ui import session, training_edits


def type_in(generation: int, position: int, name: str, value: Any) -> None:
    """What was typed into the form of ``generation``; a form that is out of date by now has no say."""
    now = _now()
    if generation != session.generation() or position >= len(now):
        return
    changed = training_edits.checked(type(now[position]), dict(now[position]) | {name: value})
    if changed is not None:
        _save((*now[:position], changed, *now[position + 1 :]))


def add(kind: str) -> None:
    """Puts a gentle augmentation of this kind behind the others."""
    _save((*_now(), FRESH_AUGMENTATIONS[kind]))


def remove(generation: int, position: int) -> None:
    """Takes the one at ``position`` out; a second click on a list that is out of date does nothing."""
    now = _now()
    if generation == session.generation():
        _replace((*now[:position], *now[position + 1 :]))


def move_up(generation: int, position: int) -> None:
    """Changes places with the one before it."""
    now = _now()
    if generation == session.generation():
        _replace((*now[: position - 1], now[position], now[position - 1], *now[position + 1 :]))


def _replace(augmentation: Sequence[Augmentation]) -> None:
    """The forms of all that have another place now are made anew."""
    session.renew_forms()
    _save(augmentation)


def _now() -> tuple[Augmentation, ...]:
    return session.draft().augmentation


def _save(augmentation: Sequence[Augmentation]) -> None:
    session.save_draft(session.draft().model_copy(update={"augmentation": tuple(augmentation)}))
