"""The states that something has had, for undo and redo."""

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

LONGEST = 1000

State = TypeVar("State")


@dataclass(frozen=True)
class History(Generic[State]):
    """``states`` in the order in which they came; the one at ``position`` is now."""

    states: tuple[State, ...]
    position: int = 0

    @property
    def now(self) -> State:
        return self.states[self.position]

    @property
    def has_before(self) -> bool:
        return self.position > 0

    @property
    def has_after(self) -> bool:
        return self.position < len(self.states) - 1

    def followed_by(self, state: State) -> "History[State]":
        """With ``state`` as the one that is now; what was undone is forgotten, and so is what is long ago."""
        if state == self.now:
            return self
        states = (*self.states[: self.position + 1], state)[-LONGEST:]
        return History(states, len(states) - 1)

    def back(self) -> "History[State]":
        return replace(self, position=self.position - 1)

    def forward(self) -> "History[State]":
        return replace(self, position=self.position + 1)
