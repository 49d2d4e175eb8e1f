"""Searches on the tiny images, worked on in this process: a conductor, and a worker that does as it is told."""

import os
from collections.abc import Callable
from dataclasses import replace

from core.runs import progress, queue, store
from core.runs.process import Process
from core.runs.progress import EpochMetrics
from core.runs.states import RunState
from core.runs.tables import SearchRow
from core.tuning import claim, searches
from core.tuning.conductor import Conductor, Next
from core.tuning.searches import Search
from core.tuning.space import SearchSpace, parse
from tests.core.runs.builders import ELSEWHERE, make_recipe

ME = Process.of(os.getpid())
GONE = Process.of(2**22 + 1)
"""A number that no process has."""

MOST_TURNS = 500
RATE = "training.optimizer.learning_rate"
RATES = f"parameters: {{{RATE}: {{low: 0.0001, high: 0.01, log: true}}}}"

Worker = Callable[[store.Run], list[float] | RunState]
"""What a run comes to: its accuracies on the validation images epoch by epoch, or the state in which it ends."""


def make_space(text: str = RATES, **changes) -> SearchSpace:
    return parse(text).model_copy(update=changes)


def create(database, workspace, dataset, space=None, trials=3, project_id=None, recipe=None, **limits) -> Search:
    return searches.create(
        database,
        workspace,
        project_id,
        dataset.id,
        recipe or make_recipe(),
        space or make_space(),
        trials=trials,
        **limits,
    )


def conductor(database, workspace, search: Search, slots: int = 1) -> Conductor:
    """One that has taken the search, whoever had it before."""
    claim.take(database, search.id, ME)
    return Conductor(database, workspace, search, slots)


def abandon(database, search_id: str) -> None:
    """As if the process that works on the search had been killed."""
    with database.writing() as session:
        session.get_one(SearchRow, search_id).process = GONE


def by_rate(run: store.Run) -> list[float]:
    """The nearer to 0.001 the learning rate, the better; better after each epoch."""
    rate = run.recipe.training.optimizer.learning_rate
    best = 1 - min(1.0, abs(rate - 0.001) * 100)
    return [best * epoch / run.epochs for epoch in range(1, run.epochs + 1)]


def work(database, worker: Worker = by_rate) -> str | None:
    """The next run of the queue is done, from its beginning to its end; none where the queue is empty."""
    run_id = queue.claim(database, ELSEWHERE)
    if run_id is None:
        return None
    run = progress.begin(database, run_id, os.getpid())
    progress.rewind(database, run_id, 0, 0)
    came_to = worker(run)
    if isinstance(came_to, RunState):
        progress.finish(database, run_id, came_to)
        return run_id
    for epoch, accuracy in enumerate(came_to, start=1):
        if report(database, run_id, epoch, accuracy).stop:
            progress.finish(database, run_id, RunState.STOPPED)
            return run_id
    progress.finish(database, run_id, RunState.COMPLETED)
    return run_id


def report(database, run_id: str, epoch: int, accuracy: float) -> progress.Orders:
    metrics = EpochMetrics(epoch, 1.0, 0.5, 1 - accuracy, accuracy, 1.0)
    return progress.report(database, run_id, epochs=[replace(metrics, step=epoch)])


def conduct(database, conductor: Conductor, search_id: str, worker: Worker = by_rate) -> Search:
    """Turns, with the worker between the turns, until nothing more is to be done; the search as it is then."""
    for _ in range(MOST_TURNS):
        if conductor.turn(searches.get(database, search_id)) is Next.NEVER:
            return searches.get(database, search_id)
        work(database, worker)
    raise AssertionError("the search comes to no end")
