"""The edits that the training's screen makes in the draft: all pass through here, and each can be undone."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import streamlit as st
from pydantic import BaseModel, ValidationError

from core.objective import Training
from core.recipe_errors import sentence
from ui import session
from ui.markdown import plain
from ui.text import translate

Save = Callable[[str, Any], None]
Value = TypeVar("Value", bound=BaseModel)


def key(name: str) -> str:
    """The key of a widget that shows the draft: another one after each change that came from elsewhere."""
    return f"training_{session.generation()}_{name}"


def saving(part: str | None = None) -> Save:
    """What a form of now calls with a name and a new value: of the training itself, or of its ``part``, such as
    ``optimizer``. Once the form is out of date, it has no say."""
    return partial(_type_in, session.generation(), part)


def change(**values: Any) -> None:
    """Gives the training other ``values``; those that it cannot have are explained."""
    training = checked(Training, dict(session.draft().training) | values)
    if training is not None:
        session.save_draft(session.draft().model_copy(update={"training": training}))


def change_within(part: str, **values: Any) -> None:
    """Gives a ``part`` of the training, such as its optimizer, other ``values``."""
    now = getattr(session.draft().training, part)
    changed = checked(type(now), dict(now) | values)
    if changed is not None:
        change(**{part: changed})


def checked(kind: type[Value], values: dict[str, Any]) -> Value | None:
    """The value with these fields; None where there cannot be one, and then it is said why."""
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        name = values.get("kind", "training")
        st.toast(plain(translate(sentence(error, name, kind))), icon=":material/error:")
        return None


def _type_in(generation: int, part: str | None, name: str, value: Any) -> None:
    if generation != session.generation():
        return
    if part is None:
        change(**{name: value})
    elif getattr(session.draft().training, part) is not None:  # it may have been turned off a moment before
        change_within(part, **{name: value})
