"""Which searches the engine starts a process for."""

import sys

import pytest

from core.runs.conductors import Conductors, end_all
from core.runs.engine import Engine
from core.runs.process import Process
from core.runs.states import SearchState
from core.runs.tables import SearchRow
from tests.core.runs.builders import ELSEWHERE, eventually, fake_worker, make_recipe

GONE = Process.of(2**22 + 1)
NOTE = """
import sys, time
from core.workspace import Workspace
with (Workspace.from_environment().home / "conducted").open("a") as file: file.write(sys.argv[1] + "\\n")
time.sleep(SECONDS)
"""
SHORT, LONG = ([sys.executable, "-c", NOTE.replace("SECONDS", seconds)] for seconds in ("0", "600"))


@pytest.fixture
def search(timed_database, clock, dataset):
    def search(name: str = "search-1", **values) -> str:
        row = SearchRow(
            id=name,
            number=len(name),
            dataset_id=dataset.id,
            recipe=make_recipe().model_dump(mode="json"),
            space={},
            trials=1,
            created_at=clock(),
            **{"state": SearchState.RUNNING, "process": None, "heartbeat_at": clock()} | values,
        )
        with timed_database.writing() as session:
            session.add(row)
        return name

    return search


@pytest.fixture
def conductors(workspace, timed_database):
    made = []

    def conductors(command) -> Conductors:
        made.append(Conductors(workspace, timed_database, command))
        return made[-1]

    yield conductors
    for each in made:
        for process, _ in each._started.values():
            process.end(patience_seconds=0)


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
        ({"state": SearchState.COMPLETED}, False),
        ({"state": SearchState.STOPPED, "process": GONE}, True),  # its trials are still to be told
    ],
)
def test_a_search_with_work_to_do_and_nobody_to_do_it_gets_a_process(
    workspace, clock, conductors, search, values, is_started
):
    search(**values)
    is_needed = conductors(LONG).look_after(clock())
    if is_started:
        eventually(lambda: conducted(workspace) == ["search-1"])
    assert conducted(workspace) == ["search-1"] * is_started
    assert is_needed == (is_started or "process" in values)


def test_each_search_gets_one_process(workspace, clock, conductors, search):
    search("search-1"), search("search-22")
    starting = conductors(LONG)
    for _ in range(5):
        starting.look_after(clock())
        clock.move_on(20)
    eventually(lambda: sorted(conducted(workspace)) == ["search-1", "search-22"])


def test_a_process_that_ends_at_once_is_followed_by_another_only_after_a_while(workspace, clock, conductors, search):
    search()
    starting = conductors(SHORT)
    starting.look_after(clock())
    [(process, _)] = starting._started.values()
    eventually(lambda: not process.is_alive)
    clock.move_on(9)
    starting.look_after(clock())
    clock.move_on(2)
    starting.look_after(clock())
    eventually(lambda: len(conducted(workspace)) == 2)


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
    [(process, _)] = starting._started.values()
    with timed_database.writing() as session:
        session.get_one(SearchRow, name).process = process
    end_all(timed_database)
    assert not process.is_alive
    with timed_database.reading() as session:
        assert session.get_one(SearchRow, name).state is SearchState.RUNNING
