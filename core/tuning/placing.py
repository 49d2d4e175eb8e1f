"""Putting values into a recipe by their paths, such as ``training.optimizer.learning_rate``."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel

from core.errors import RecipeError
from core.message import say
from core.recipe import Recipe, from_content
from core.recipe_errors import KINDS

KIND = "kind"
_NO_DEFAULT = object()


def recipe_with(recipe: Recipe, values: Mapping[str, Any]) -> Recipe:
    """``recipe`` with ``values`` at their paths, where a number is a position in a list, from 0.

    A value may be whole layers. What holds others is set before them, and ``kind`` before the fields beside it: another
    kind keeps what it has in common with the one before, unless that was a default. Raises RecipeError for a path that
    is not in the recipe and for a value that cannot stand there; shapes that do not fit are found by
    `Recipe.problems`.
    """
    content = recipe.model_dump(mode="json")
    for path in sorted(values, key=_order):
        _put(content, path, values[path])
    return from_content(content)


def _order(path: str) -> tuple[int, bool, str]:
    steps = path.split(".")
    return len(steps), steps[-1] != KIND, path


def _put(content: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = path.split(".")
    parent: Any = content
    for position, step in enumerate(parents):
        parent = parent[_key(parent, step, path, parents[:position])]
    key = _key(parent, last, path, parents)
    if last == KIND:
        _change_kind(parent, value)
    else:
        parent[key] = value


def _key(parent: Any, step: str, path: str, parents: Sequence[str]) -> Any:
    """What ``step`` is as a key of ``parent``. Raises RecipeError where there is nothing of that name."""
    known = _known(parent)
    if step in known:
        return known[step]
    place = ".".join(parents) or "recipe"
    if not known:
        raise RecipeError(say("The recipe has no {path}: {place} has no parts.", path=path, place=place))
    told = {"path": path, "place": place, "step": step, "known": ", ".join(known)}
    close = get_close_matches(step, known, n=1)
    if close:
        raise RecipeError(
            say(
                "The recipe has no {path}: {place} has no {step}. Did you mean {close}? It has {known}.",
                **told,
                close=close[0],
            )
        )
    raise RecipeError(say("The recipe has no {path}: {place} has no {step}. It has {known}.", **told))


def _known(parent: Any) -> dict[str, Any]:
    """The keys of ``parent`` by how they are written in a path."""
    if isinstance(parent, dict):
        return {key: key for key in parent}
    if isinstance(parent, list):
        return {str(position): position for position in range(len(parent))}
    return {}


def _change_kind(parent: dict[str, Any], kind: Any) -> None:
    """Makes ``parent`` one of another kind, in place. Of an unknown kind, it is refused when the recipe is read."""
    kinds = next((kinds for kinds in KINDS.values() if parent[KIND] in kinds), {})
    before, after = kinds.get(parent[KIND]), kinds.get(str(kind))
    if parent[KIND] == kind or before is None or after is None:
        parent[KIND] = kind
        return
    chosen = {name: value for name, value in parent.items() if value != _usual(before).get(name, _NO_DEFAULT)}
    kept = {name: value for name, value in chosen.items() if name in after.model_fields}
    parent.clear()
    parent.update(_usual(after) | kept | {KIND: kind})


def _usual(kind: type[BaseModel]) -> dict[str, Any]:
    """The fields that have a default."""
    return {name: field.get_default() for name, field in kind.model_fields.items() if not field.is_required()}
