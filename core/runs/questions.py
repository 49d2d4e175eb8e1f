"""What can be guessed of a run before it begins: the question follows from what was changed since another run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Self

from core.message import Message, mark
from core.recipe import Recipe
from core.recipe_changes import Change, changes

FASTER, AS_FAST, SLOWER, NOT_AT_ALL = "faster", "as_fast", "slower", "not_at_all"
HIGHER, THE_SAME, LOWER = "higher", "the_same", "lower"

_SPEEDS: Final = {
    FASTER: mark("faster"),
    AS_FAST: mark("about as fast"),
    SLOWER: mark("slower"),
    NOT_AT_ALL: mark("not at all"),
}
_RESULTS: Final = {HIGHER: mark("higher"), THE_SAME: mark("about the same"), LOWER: mark("lower")}


@dataclass(frozen=True)
class Kind:
    """A kind of question. ``text`` is in English, to be translated, with a place for the ``number`` of the other run;
    ``answers`` are their titles by their names, in English too."""

    text: str
    answers: Mapping[str, str]

    @property
    def is_of_speed(self) -> bool:
        """Whether it asks how fast the run learns, and not how far it gets."""
        return FASTER in self.answers


KINDS: Final[Mapping[str, Kind]] = {
    "higher_rate": Kind(
        mark("The learning rate is higher than in run {number}. Will it learn faster, slower, or not at all?"),
        _SPEEDS,
    ),
    "lower_rate": Kind(
        mark("The learning rate is lower than in run {number}. Will it learn faster, slower, or not at all?"),
        _SPEEDS,
    ),
    "larger_batch": Kind(
        mark(
            "The batches are larger than in run {number}, so an epoch has fewer updates. From epoch to epoch, "
            "will it learn faster, slower, or not at all?"
        ),
        _SPEEDS,
    ),
    "smaller_batch": Kind(
        mark(
            "The batches are smaller than in run {number}, so an epoch has more updates. From epoch to epoch, "
            "will it learn faster, slower, or not at all?"
        ),
        _SPEEDS,
    ),
    "optimizer": Kind(
        mark("The optimizer is another one than in run {number}. Will it learn faster, slower, or not at all?"),
        _SPEEDS,
    ),
    "accuracy": Kind(
        mark("Will the best validation accuracy be higher than that of run {number}, about the same, or lower?"),
        _RESULTS,
    ),
    "error": Kind(
        mark("Will the least validation error be higher than that of run {number}, about the same, or lower?"),
        _RESULTS,
    ),
}

_SIZES: Final[Mapping[str, tuple[Callable[[Recipe], float], str, str]]] = {
    "training.optimizer.learning_rate": (
        lambda recipe: recipe.training.optimizer.learning_rate,
        "higher_rate",
        "lower_rate",
    ),
    "training.batch_size": (lambda recipe: recipe.training.batch_size, "larger_batch", "smaller_batch"),
}
"""By the path of a setting: its size, and what is asked where it rises and where it falls."""


@dataclass(frozen=True)
class Question:
    """A question of the kind called ``kind`` about a run and the one with the ``number`` in the same project."""

    kind: str
    number: int

    @property
    def message(self) -> Message:
        return Message(KINDS[self.kind].text, {"number": self.number})

    def to_text(self) -> str:
        """As it is kept: ``higher_rate 12``."""
        return f"{self.kind} {self.number}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """What `to_text` made."""
        kind, number = text.split(" ")
        return cls(kind, int(number))


def question(before: Recipe, number: int, after: Recipe, *, has_accuracy: bool) -> Question:
    """What to guess of a run of ``after``, beside the run ``number`` of ``before``.

    Where nothing but the learning rate, the batch size or the optimizer changed, it is how fast the run learns; else
    how far it gets.
    """
    found = changes(before, after)
    generic = "accuracy" if has_accuracy else "error"
    if len(found) != 1:
        return Question(generic, number)
    return Question(_kind_of(found[0], before, after) or generic, number)


def _kind_of(change: Change, before: Recipe, after: Recipe) -> str | None:
    if change.path == "training.optimizer":
        return "optimizer"
    if change.path not in _SIZES:
        return None
    size, of_rise, of_fall = _SIZES[change.path]
    return of_rise if size(after) > size(before) else of_fall
