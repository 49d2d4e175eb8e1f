"""The queue between projects, beside a model of it that has no SQL."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from core.runs import control, progress, projects, queue
from core.runs.database import Database
from core.runs.states import RunState
from core.runs.tables import DatasetRow, RunRow
from core.workspace import Workspace
from tests.core.runs.builders import ELSEWHERE, HandClock, make_recipe

RECIPE = make_recipe().model_dump(mode="json")
NAMES = ("A", "B", "C")


class Model:
    """For each project the runs that wait, those that run, and when it was served last."""

    def __init__(self, names) -> None:
        self.waiting: dict[str, list[str]] = {name: [] for name in names}
        self.running: dict[str, list[str]] = {name: [] for name in names}
        self.served: dict[str, int] = dict.fromkeys(names, -1)
        self.moments = count()

    def claimable(self) -> set[str]:
        """The heads of the projects that have the fewest running and, of those, were served longest ago."""
        ranks = {name: (len(self.running[name]), self.served[name]) for name, runs in self.waiting.items() if runs}
        return {self.waiting[name][0] for name, rank in ranks.items() if rank == min(ranks.values())}

    def claim(self, run_id: str) -> None:
        name = run_id[0]
        self.waiting[name].remove(run_id)
        self.running[name].append(run_id)
        self.served[name] = next(self.moments)


class Queue:
    """A database with three projects, and runs called by their project and a number; those of - have no project."""

    def __init__(self, template: Path, folder: Path) -> None:
        workspace = Workspace.at(folder)
        shutil.copy(template, folder)
        self.clock = HandClock()
        self.database = Database.open(workspace, self.clock)
        self.projects: dict[str, str | None] = {name: projects.create(self.database, name).id for name in NAMES} | {
            "-": None
        }
        with self.database.writing() as session:
            session.add(
                DatasetRow(
                    id="0",
                    name="",
                    images=1,
                    refused=0,
                    class_names=[],
                    height=1,
                    width=1,
                    channels=1,
                    created_at=self.clock(),
                )
            )
        self.numbers = count(1)

    def add(self, name: str) -> str:
        number = next(self.numbers)
        with self.database.writing() as session:
            session.add(
                RunRow(
                    id=f"{name}{number}",
                    project_id=self.projects[name],
                    number=number,
                    dataset_id="0",
                    recipe=RECIPE,
                    state=RunState.QUEUED,
                    created_at=self.clock(),
                    position=number,
                )
            )
        return f"{name}{number}"

    def claim(self) -> str | None:
        self.clock.move_on(1)
        return queue.claim(self.database, ELSEWHERE)

    def order(self) -> list[str]:
        waiting = queue.waiting_runs(self.database)
        assert [run.place for run in waiting] == list(range(1, len(waiting) + 1))
        return [run.id for run in waiting]


NAME = st.sampled_from([*NAMES, "-"])
PICK = st.integers(0, 99)


class QueueMachine(RuleBasedStateMachine):
    """People add, move, stop, pause and continue runs; processes take them and end."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.queue = Queue(self.template, Path(self.folder.name))
        self.model = Model([*NAMES, "-"])
        self.resting: list[str] = []

    def teardown(self) -> None:
        self.queue.database.close()
        self.folder.cleanup()

    @rule(name=NAME)
    def add(self, name) -> None:
        self.model.waiting[name].append(self.queue.add(name))

    @rule()
    def claim(self) -> None:
        claimable = self.model.claimable()
        first = self.queue.order()[:1]
        claimed = self.queue.claim()
        assert [claimed] == (first or [None])
        assert (claimed in claimable) or (claimed is None and not claimable)
        if claimed is not None:
            self.model.claim(claimed)

    @precondition(lambda self: any(self.model.running.values()))
    @rule(pick=PICK, is_paused=st.booleans())
    def end(self, pick, is_paused) -> None:
        running = [run_id for runs in self.model.running.values() for run_id in runs]
        run_id = running[pick % len(running)]
        self.model.running[run_id[0]].remove(run_id)
        if is_paused:
            progress.pause(self.queue.database, run_id)
            self.resting.append(run_id)
        else:
            progress.finish(self.queue.database, run_id, RunState.COMPLETED)

    @precondition(lambda self: self.resting)
    @rule(pick=PICK)
    def go_on(self, pick) -> None:
        run_id = self.resting.pop(pick % len(self.resting))
        control.go_on(self.queue.database, run_id)
        self.model.waiting[run_id[0]].insert(0, run_id)

    @precondition(lambda self: any(self.model.waiting.values()))
    @rule(pick=PICK, steps=st.integers(-3, 3))
    def move(self, pick, steps) -> None:
        run_id = self.any_waiting(pick)
        control.move(self.queue.database, run_id, steps)
        runs = self.model.waiting[run_id[0]]
        place = max(0, runs.index(run_id) + steps)
        runs.remove(run_id)
        runs.insert(place, run_id)

    @precondition(lambda self: any(self.model.waiting.values()))
    @rule(pick=PICK)
    def stop(self, pick) -> None:
        run_id = self.any_waiting(pick)
        control.request_stop(self.queue.database, run_id)
        self.model.waiting[run_id[0]].remove(run_id)

    @invariant()
    def the_runs_of_a_project_wait_in_its_order(self) -> None:
        order = self.queue.order()
        for name, runs in self.model.waiting.items():
            assert [run_id for run_id in order if run_id[0] == name] == runs

    def any_waiting(self, pick: int) -> str:
        waiting = [run_id for runs in self.model.waiting.values() for run_id in runs]
        return waiting[pick % len(waiting)]


def test_the_project_with_the_fewest_running_goes_first_then_the_one_served_longest_ago(upgraded_file):
    QueueMachine.template = upgraded_file
    run_state_machine_as_test(QueueMachine, settings=settings(max_examples=20, stateful_step_count=40))


@pytest.fixture
def new_queue(upgraded_file):
    """Gives a queue of its own to each example."""

    @contextmanager
    def new_queue() -> Iterator[Queue]:
        with tempfile.TemporaryDirectory() as folder:
            queue = Queue(upgraded_file, Path(folder))
            yield queue
            queue.database.close()

    return new_queue


def claim_all(queue: Queue, *, ends: bool) -> list[str]:
    """All runs in the order in which they are claimed; each ends before the next one is, or all run at once."""
    claimed = []
    while run_id := queue.claim():
        claimed.append(run_id)
        if ends:
            progress.finish(queue.database, run_id, RunState.COMPLETED)
    return claimed


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.lists(NAME, max_size=6), names=st.lists(NAME, max_size=10), ends=st.booleans())
def test_runs_are_claimed_in_the_order_in_which_they_are_shown(new_queue, before, names, ends):
    with new_queue() as queue:
        for name in before:
            queue.add(name)
        claim_all(queue, ends=ends)
        for name in names:
            queue.add(name)
        order = queue.order()
        assert claim_all(queue, ends=ends) == order
        assert queue.order() == []


@pytest.mark.parametrize(
    ("names", "order"),
    [
        ("AAABC", ["A1", "B4", "C5", "A2", "A3"]),
        ("AAABBB", ["A1", "B4", "A2", "B5", "A3", "B6"]),
        ("A-A-", ["A1", "-2", "A3", "-4"]),
        ("BBA", ["B1", "A3", "B2"]),
    ],
)
def test_projects_take_turns(new_queue, names, order):
    with new_queue() as queue:
        for name in names:
            queue.add(name)
        assert queue.order() == order


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from("BC-"), max_size=3), min_size=4, max_size=4))
def test_no_project_starves_however_much_the_others_ask_for(new_queue, asked_between):
    with new_queue() as queue:
        for name in "BBBCCC---A":
            queue.add(name)
        claimed = []
        for names in asked_between:
            claimed.append(queue.claim())
            progress.finish(queue.database, claimed[-1], RunState.COMPLETED)
            for name in names:
                queue.add(name)
        assert "A10" in claimed, "there are four projects, so it has its turn among four"
