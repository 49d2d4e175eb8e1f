import pytest

from core.errors import RunError
from core.runs import control, projects, queue, store
from core.runs.states import RunState
from core.runs.tables import RunRow
from tests.core.runs.builders import make_recipe


@pytest.fixture
def enqueue(database, workspace, dataset):
    def enqueue(project, names: str) -> None:
        for name in names:
            store.enqueue(database, workspace, project.id, dataset.id, make_recipe(seed=ord(name)), name=name)

    return enqueue


def order(database, project) -> list[str]:
    return [run.id for run in queue.waiting_runs(database) if run.project_id == project.id]


@pytest.mark.parametrize(
    ("run_id", "steps", "expected"),
    [
        ("c", -1, "acbd"),
        ("c", -2, "cabd"),
        ("c", -9, "cabd"),
        ("b", 1, "acbd"),
        ("a", 3, "bcda"),
        ("a", 9, "bcda"),
        ("a", -1, "abcd"),
        ("d", 1, "abcd"),
        ("b", 0, "abcd"),
    ],
)
def test_a_run_moves_within_its_project(database, project, enqueue, run_id, steps, expected):
    other = projects.create(database, "Other")
    for of, names in ((project, "ab"), (other, "xy"), (project, "cd")):
        enqueue(of, names)
    control.move(database, run_id, steps)
    assert "".join(order(database, project)) == expected
    assert order(database, other) == ["x", "y"]


@pytest.mark.parametrize("state", [state for state in RunState if not state.is_waiting])
def test_only_a_run_that_waits_is_moved(database, project, enqueue, state):
    enqueue(project, "ab")
    with database.writing() as session:
        session.get_one(RunRow, "a").state = state
    with pytest.raises(RunError, match=f"Run a is {state}: only runs that wait can be moved"):
        control.move(database, "a", 1)


def test_a_run_that_was_deleted_is_not_moved(database):
    with pytest.raises(RunError, match="There is no run called unknown"):
        control.move(database, "unknown", 1)
