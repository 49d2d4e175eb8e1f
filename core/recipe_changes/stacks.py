"""What was added to, taken from, moved in and changed in the lists of a recipe: its augmentation and its layers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from core.architecture import Layer, Place, Readout
from core.architecture.comparison import aligned
from core.architecture.naming import named, number
from core.augmentation import Augmentation
from core.message import Message, say
from core.recipe import Recipe
from core.recipe_changes.change import Change, Concern
from core.recipe_changes.fields import verbatim
from core.recipe_changes.values import value_changes


@dataclass(frozen=True)
class _Item:
    """One of a list: ``place`` is where, and ``name`` what it is called there."""

    path: str
    place: Place
    value: Augmentation | Layer
    name: Message


_Pair = tuple[_Item | None, _Item | None]
"""What stands in the place of what; None beside one that only one list has."""


def augmentation_changes(before: Sequence[Augmentation], after: Sequence[Augmentation]) -> Iterator[Change]:
    """In the order of ``after``, each kind beside its like."""
    lefts, rights = _augmentations(before), _augmentations(after)
    matcher = SequenceMatcher(None, [each.kind for each in before], [each.kind for each in after], autojunk=False)
    pairs: list[_Pair] = []
    for tag, first, last, start, stop in matcher.get_opcodes():
        if tag == "equal":
            pairs += zip(lefts[first:last], rights[start:stop], strict=True)
        else:
            pairs += [*((item, None) for item in lefts[first:last]), *((None, item) for item in rights[start:stop])]
    return _of_pairs(pairs, Concern.TRAINING)


def layer_changes(before: Recipe, after: Recipe) -> Iterator[Change]:
    """In the order of the layers, those inside a Residual behind it."""
    pairs = aligned(before.summary().readouts, after.summary().readouts)
    return _of_pairs([(_layer(pair.left), _layer(pair.right)) for pair in pairs], Concern.NET)


def _of_pairs(pairs: Sequence[_Pair], concern: Concern) -> Iterator[Change]:
    gone = _outermost([left for left, right in pairs if left is not None and right is None])
    new = _outermost([right for left, right in pairs if right is not None and left is None])
    origins = _origins(gone, new)
    for left, right in pairs:
        if left is not None and right is not None:
            yield from _settings(left, right, concern)
        elif left in gone and left not in origins.values():
            yield Change(left.path, left.name, say("removed"), concern)
        elif right in new:
            yield Change(right.path, right.name, _coming(origins.get(right.place)), concern)


def _settings(left: _Item, right: _Item, concern: Concern) -> Iterator[Change]:
    return value_changes(
        right.path,
        left.value,
        right.value,
        concern,
        lambda title: say("{setting} of {name}", setting=title, name=right.name),
    )


def _coming(origin: _Item | None) -> Message:
    """How something came to be where it is."""
    if origin is None:
        return say("added")
    return say("moved here from place {number}", number=number(origin.place))


def _outermost(items: Sequence[_Item]) -> list[_Item]:
    """Without those that came or went with the Residual around them."""
    places = {item.place for item in items}
    return [item for item in items if not any(item.place[:depth] in places for depth in range(1, len(item.place)))]


def _origins(gone: Sequence[_Item], new: Sequence[_Item]) -> dict[Place, _Item]:
    """Of each new item, by its place, the equal one that is gone: that has only been moved."""
    left = list(gone)
    origins = {}
    for item in new:
        origin = next((other for other in left if other.value == item.value), None)
        if origin is not None:
            left.remove(origin)
            origins[item.place] = origin
    return origins


def _augmentations(augmentation: Sequence[Augmentation]) -> list[_Item]:
    return [
        _Item(f"augmentation.{position}", (position,), each, verbatim(each.kind))
        for position, each in enumerate(augmentation)
    ]


def _layer(readout: Readout | None) -> _Item | None:
    if readout is None:
        return None
    path = ".".join(f"layers.{position}" for position in readout.place)
    return _Item(path, readout.place, readout.layer, named(readout.layer, readout.place))
