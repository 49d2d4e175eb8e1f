"""States of runs, intakes, inspections and searches, and the questions asked of them; nobody else compares states."""

from enum import StrEnum


class RunState(StrEnum):
    """queued → running → completed | stopped | failed | lost | paused.

    All of the last but completed go back to queued when somebody has the run continued. A paused run has written its
    checkpoint and has no process: it takes neither memory nor a turn.
    """

    QUEUED = "queued"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    COMPLETED = "completed"
    FAILED = "failed"
    LOST = "lost"

    @property
    def is_waiting(self) -> bool:
        """Whether it stands in the queue and no process works on it."""
        return self is RunState.QUEUED

    @property
    def is_working(self) -> bool:
        """Whether there must be a living process for it."""
        return self is RunState.RUNNING

    @property
    def is_paused(self) -> bool:
        """Whether it rests until somebody has it continued."""
        return self is RunState.PAUSED

    @property
    def is_active(self) -> bool:
        """Whether more is to come: queued, running or paused."""
        return self.is_waiting or self.is_working or self.is_paused

    @property
    def is_finished(self) -> bool:
        """Whether nothing more comes by itself, and nothing was put off."""
        return not self.is_active

    @property
    def is_resumable(self) -> bool:
        """Whether it can be continued from where it was."""
        return self in (RunState.PAUSED, RunState.STOPPED, RunState.LOST, RunState.FAILED)

    @property
    def is_trained(self) -> bool:
        """Whether it ended in an orderly way, so that there is a model to judge."""
        return self in (RunState.COMPLETED, RunState.STOPPED)

    @property
    def is_trouble(self) -> bool:
        """Whether it ended in a way that needs an explanation."""
        return self in (RunState.FAILED, RunState.LOST)


WORKING_STATES = tuple(state for state in RunState if state.is_working)
ACTIVE_STATES = tuple(state for state in RunState if state.is_active)
ENGAGED_STATES = tuple(state for state in RunState if state.is_waiting or state.is_working)
"""Those of runs that the engine sees to: what is paused needs it no more than what has ended."""


class IntakeState(StrEnum):
    """working → completed | cancelled | failed | lost. An analysis has these states too, and is queued first."""

    QUEUED = "queued"
    WORKING = "working"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    FAILED = "failed"
    LOST = "lost"

    @property
    def is_waiting(self) -> bool:
        """Whether no process works on it yet."""
        return self is IntakeState.QUEUED

    @property
    def is_working(self) -> bool:
        """Whether there must be a living process for it."""
        return self is IntakeState.WORKING

    @property
    def is_finished(self) -> bool:
        """Whether nothing changes any more."""
        return not (self.is_waiting or self.is_working)

    @property
    def is_trouble(self) -> bool:
        """Whether it ended in a way that needs an explanation."""
        return self in (IntakeState.FAILED, IntakeState.LOST)


class InspectionState(StrEnum):
    """queued → working → completed | failed."""

    QUEUED = "queued"
    WORKING = "working"
    COMPLETED = "completed"
    FAILED = "failed"

    @property
    def is_waiting(self) -> bool:
        """Whether no process works on it yet."""
        return self is InspectionState.QUEUED

    @property
    def is_working(self) -> bool:
        """Whether there must be a living process for it."""
        return self is InspectionState.WORKING

    @property
    def is_active(self) -> bool:
        """Whether an answer is to come."""
        return self.is_waiting or self.is_working

    @property
    def is_finished(self) -> bool:
        """Whether nothing changes any more."""
        return not self.is_active

    @property
    def is_trouble(self) -> bool:
        """Whether it ended in a way that needs an explanation."""
        return self is InspectionState.FAILED


ACTIVE_INSPECTION_STATES = tuple(state for state in InspectionState if state.is_active)


class SearchState(StrEnum):
    """running → paused → running → completed | stopped | failed. Whether a process works on a running one is another
    question: the engine starts one where there is none."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    COMPLETED = "completed"
    FAILED = "failed"

    @property
    def is_working(self) -> bool:
        """Whether further trials are to come by themselves."""
        return self is SearchState.RUNNING

    @property
    def is_paused(self) -> bool:
        """Whether it rests until somebody has it continued."""
        return self is SearchState.PAUSED

    @property
    def is_finished(self) -> bool:
        """Whether no trial is to come."""
        return not (self.is_working or self.is_paused)

    @property
    def is_trouble(self) -> bool:
        """Whether it ended in a way that needs an explanation."""
        return self is SearchState.FAILED
