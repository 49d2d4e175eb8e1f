"""Which searches the engine starts a process for."""

import sys
from datetime import UTC, datetime

import pytest

from core.message import say
from core.runs import store
from core.runs.conductors import MOST_STARTS, Conductors, _give_up, end_all
from core.runs.engine import Engine
from core.runs.process import Process
from core.runs.series import join
from core.runs.states import RunState, SearchState
from core.runs.tables import SearchRow
from tests.core.runs.builders import ELSEWHERE, add_search, eventually, fake_worker, make_recipe

GONE = Process.of(2**22 + 1)
NOTE = """
import sys, time
from core.workspace import Workspace
with (Workspace.from_environment().home / "conducted").open("a") as file: file.write(sys.argv[1] + "\\n")
time.sleep(SECONDS)
"""
PATIENCE_SECONDS = 200
NONE = ["true"]
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
SHORT, LONG = ([sys.executable, "-c", NOTE.replace("SECONDS", seconds)] for seconds in ("0", "600"))


@pytest.fixture
def search(timed_database, clock, dataset):
    def search(name: str = "search-1", **values) -> str:
        by_default = {"id": name, "number": len(name), "heartbeat_at": clock()}
        return add_search(timed_database, dataset.id, **by_default | values)

    return search


@pytest.fixture
def conductors(workspace, timed_database):
    made = []

    def conductors(command) -> Conductors:
        made.append(Conductors(workspace, timed_database, command))
        return made[-1]

    yield conductors
    for each in made:
        for start in each._starts.values():
            start.process.end(patience_seconds=0)


def conducted(workspace) -> list[str]:
    file = workspace.home / "conducted"
    return file.read_text().split() if file.exists() else []


@pytest.mark.parametrize(
    ("values", "is_started"),
    [
        ({}, True),
        ({"process": GONE}, True),
        ({"process": ELSEWHERE}, False),
        ({"process": ELSEWHERE, "heartbeat_at": None}, True),
        ({"state": SearchState.PAUSED}, False),
        ({"state": SearchState.COMPLETED, "finished_at": LONG_AGO}, False),
        ({"state": SearchState.STOPPED, "process": GONE}, True),  # its trials are still to be told
        ({"state": SearchState.STOPPED, "process": None}, True),  # those too of one that was paused before
        ({"state": SearchState.PAUSED, "process": GONE}, True),
    ],
)
def test_a_search_with_work_to_do_and_nobody_to_do_it_gets_a_process(clock, conductors, search, values, is_started):
    search(**values)
    starting = conductors(LONG)
    is_needed = starting.look_after(clock())
    assert list(starting._starts) == ["search-1"] * is_started
    assert is_needed == (is_started or values.get("process") is not None)


def test_a_process_is_told_which_search_is_its(workspace, clock, conductors, search):
    search("search-22")
    conductors(LONG).look_after(clock())
    eventually(lambda: conducted(workspace) == ["search-22"], PATIENCE_SECONDS)


def test_each_search_gets_one_process(workspace, clock, conductors, search):
    search("search-1"), search("search-22")
    starting = conductors(LONG)
    for _ in range(5):
        starting.look_after(clock())
        clock.move_on(20)
    eventually(lambda: sorted(conducted(workspace)) == ["search-1", "search-22"], PATIENCE_SECONDS)


def test_a_process_that_ends_at_once_is_followed_by_another_only_after_a_while(workspace, clock, conductors, search):
    search()
    starting = conductors(SHORT)
    starting.look_after(clock())
    until_ended(starting)
    clock.move_on(9)
    starting.look_after(clock())
    clock.move_on(2)
    starting.look_after(clock())
    eventually(lambda: len(conducted(workspace)) == 2, PATIENCE_SECONDS)


def until_ended(conductors: Conductors) -> None:
    [start] = conductors._starts.values()
    eventually(lambda: not start.process.is_alive, PATIENCE_SECONDS)


def start_again(conductors: Conductors, clock, times: int, seconds: float = 11) -> None:
    for _ in range(times):
        conductors.look_after(clock())
        until_ended(conductors)
        clock.move_on(seconds)


def found(database, name: str = "search-1") -> SearchRow:
    with database.reading() as session:
        return session.get_one(SearchRow, name)


@pytest.mark.parametrize(
    ("last", "said"),
    [(None, "ended without a word"), (say("The process ended with an error: the disk is full."), "the disk is full")],
)
def test_a_search_whose_processes_end_again_and_again_fails(
    workspace, timed_database, clock, dataset, conductors, search, last, said
):
    search(process=GONE, message=last)
    run = store.enqueue(timed_database, workspace, None, dataset.id, make_recipe())
    join(timed_database, run.id, "search-1")
    starting = conductors(NONE)
    start_again(starting, clock, MOST_STARTS)
    assert found(timed_database).state is SearchState.RUNNING
    starting.look_after(clock())
    row = found(timed_database)
    assert (row.state, row.finished_at) == (SearchState.FAILED, None)
    assert said in str(row.message)
    assert "happened 5 times in a row" in str(row.message)
    assert store.get(timed_database, run.id).state is RunState.STOPPED

    start_again(starting, clock, MOST_STARTS)  # they were to tell its trials
    starting.look_after(clock())
    assert found(timed_database).finished_at == clock()
    assert not starting.look_after(clock()), "the engine may end"


def test_a_paused_search_is_not_failed_by_its_processes(timed_database, clock, conductors, search):
    search(process=GONE, state=SearchState.PAUSED)
    starting = conductors(NONE)
    start_again(starting, clock, MOST_STARTS)
    starting.look_after(clock())
    assert (found(timed_database).state, found(timed_database).process) == (SearchState.PAUSED, None)


def test_processes_that_work_for_long_may_end_as_often_as_they_like(timed_database, clock, conductors, search):
    search(process=GONE)
    starting = conductors(NONE)
    start_again(starting, clock, 2 * MOST_STARTS, seconds=60)
    starting.look_after(clock())
    assert found(timed_database).state is SearchState.RUNNING


def test_the_engine_is_needed_while_a_search_is(workspace, timed_database, search):
    engine = Engine(workspace, timed_database, fake_worker("train"), conductor=SHORT)
    try:
        assert not engine.turn()
        search(process=ELSEWHERE)
        assert engine.turn()
    finally:
        engine.close()


def test_all_processes_are_ended_and_the_searches_stay(workspace, timed_database, clock, conductors, search):
    name = search()
    starting = conductors(LONG)
    starting.look_after(clock())
    [process] = [start.process for start in starting._starts.values()]
    with timed_database.writing() as session:
        session.get_one(SearchRow, name).process = process
    end_all(timed_database)
    assert not process.is_alive
    with timed_database.reading() as session:
        assert session.get_one(SearchRow, name).state is SearchState.RUNNING


@pytest.mark.parametrize("state", [SearchState.RUNNING, SearchState.PAUSED, SearchState.STOPPED])
def test_the_time_of_a_search_that_is_given_up_ends_with_the_last_sign_of_it(
    workspace, timed_database, clock, search, state
):
    begun_at = clock()
    clock.move_on(30)
    search(process=GONE, state=state, started_at=begun_at, worked_seconds=5.0)
    clock.move_on(9 * 3600)
    _give_up(timed_database, workspace, "search-1")
    row = found(timed_database)
    assert (row.worked_seconds, row.started_at, row.process) == (35, None, None)
