import json
import subprocess
import sys
import threading
from itertools import chain

from core.runs import progress, queue, store
from core.runs.process import PROJECT_ROOT
from core.runs.states import RunState
from tests.core.runs.builders import ELSEWHERE, make_recipe

CLAIM_ALL = """
import json, os
from core.runs import queue
from core.runs.database import Database
from core.runs.process import Process
from core.workspace import Workspace
database, process = Database.open(Workspace.from_environment()), Process.of(os.getpid())
print("ready", flush=True)
input()
claimed = []
while run_id := queue.claim(database, process):
    claimed.append(run_id)
print(json.dumps(claimed))
"""


def enqueue(database, workspace, project, dataset, number: int) -> list[str]:
    return [
        store.enqueue(database, workspace, project.id, dataset.id, make_recipe(seed=index), name=f"run{index}").id
        for index in range(number)
    ]


def test_the_oldest_run_is_taken_first(timed_database, clock, workspace, project, dataset):
    for seed, name in enumerate(("c", "a", "b")):
        clock.move_on(1)
        store.enqueue(timed_database, workspace, project.id, dataset.id, make_recipe(seed=seed), name=name)
    clock.move_on(1)
    assert [queue.claim(timed_database, ELSEWHERE) for _ in range(4)] == ["c", "a", "b", None]
    run = store.get(timed_database, "c")
    assert (run.state, run.process, run.heartbeat_at) == (RunState.RUNNING, ELSEWHERE, clock.moment)
    assert run.started_at is None, "its process has not reported for work"


def test_each_run_goes_to_one_of_several_processes(database, workspace, project, dataset):
    run_ids = enqueue(database, workspace, project, dataset, 12)
    claimers = [
        subprocess.Popen(
            [sys.executable, "-c", CLAIM_ALL],
            cwd=PROJECT_ROOT,
            env={"LAYERLAB_HOME": str(workspace.home)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    assert [claimer.stdout.readline() for claimer in claimers] == ["ready\n"] * 3
    for claimer in claimers:
        claimer.stdin.write("go\n")
        claimer.stdin.flush()
    claimed = [json.loads(claimer.communicate()[0]) for claimer in claimers]
    assert sorted(chain(*claimed)) == sorted(run_ids)


def test_each_run_goes_to_one_of_several_threads(database, workspace, project, dataset):
    def claim_all() -> None:
        start.wait()
        while run_id := queue.claim(database, ELSEWHERE):
            claimed.append(run_id)

    run_ids = enqueue(database, workspace, project, dataset, 20)
    claimed: list[str] = []
    start = threading.Barrier(5)
    claimers = [threading.Thread(target=claim_all) for _ in range(5)]
    for claimer in claimers:
        claimer.start()
    for claimer in claimers:
        claimer.join()
    assert sorted(claimed) == sorted(run_ids)


def test_a_run_that_waits_is_named_by_its_project(database, workspace, project, dataset):
    run = store.enqueue(database, workspace, project.id, dataset.id, make_recipe())
    [waiting] = queue.waiting_runs(database)
    assert waiting == queue.WaitingRun(run.id, project.id, project.name, number=1, place=1)


def test_what_rests_is_no_work_for_the_engine(database, workspace, project, dataset):
    run = store.enqueue(database, workspace, project.id, dataset.id, make_recipe())
    assert [each.id for each in queue.active_runs(database)] == [run.id]
    queue.claim(database, ELSEWHERE)
    progress.pause(database, run.id)
    assert queue.active_runs(database) == queue.waiting_runs(database) == []
    assert queue.claim(database, ELSEWHERE) is None
