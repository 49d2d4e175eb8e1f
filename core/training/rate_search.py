"""The learning-rate finder: a short training whose learning rate rises from step to step (Smith, 2017)."""

from time import perf_counter

import numpy as np

from core.dataset.store import load
from core.message import say
from core.recipe import Recipe, from_content
from core.runs.admission import checked_split
from core.runs.inspections import InspectionError
from core.runs.rate_search import RateSearch
from core.training.batches import shuffled
from core.training.build import Parts
from core.training.data import Examples, number_scale
from core.training.job import data_for, prepare
from core.training.question import Answer, Question
from core.training.steps import training_graph

LOWEST_RATE, HIGHEST_RATE = 1e-6, 10.0
MOST_STEPS, LEAST_STEPS = 120, 30
SECONDS = 15.0
STEPS_AT_ONCE = 5
DIVERGED = 4.0
"""The search ends where the loss is this many times the lowest."""


def answer_rate_search(question: Question) -> Answer:
    """The search for the recipe and the training images of ``question``. LayerlabError where it cannot be made."""
    recipe = from_content(question.payload["recipe"])
    dataset = load(question.workspace.datasets, question.payload["dataset_id"])
    assignment = checked_split(recipe, dataset)
    parts = prepare(recipe, number_scale(dataset, assignment, recipe.training))
    data = data_for(parts, recipe, dataset, assignment)
    return Answer(search(recipe, parts, data.train).to_result())


def search(recipe: Recipe, parts: Parts, examples: Examples) -> RateSearch:
    """Tries rates from `LOWEST_RATE` to `HIGHEST_RATE`, evenly on a logarithmic scale, one batch each.

    The steps are as many as fit into `SECONDS`. InspectionError where those are too few to tell anything.
    """
    graph = training_graph(parts, examples.weights is not None)
    batch_size = min(recipe.training.batch_size, len(examples))
    order = np.resize(shuffled(recipe.training.seed, 0, len(examples)), (MOST_STEPS, batch_size))

    def run(positions: np.ndarray, rates: np.ndarray) -> list[float]:
        batches = {**examples.take(positions), "rates": rates.astype(np.float32)}
        return parts.in_units_of_data(graph(batches))[:, parts.figures.index("loss")].tolist()

    run(order[:1], np.zeros(1))  # makes the graph, and moves nothing
    started = perf_counter()
    run(order[:1], np.zeros(1))
    steps = min(MOST_STEPS, int(SECONDS / (perf_counter() - started)))
    if steps < LEAST_STEPS:
        raise _too_slow()

    rates = np.geomspace(LOWEST_RATE, HIGHEST_RATE, steps)
    losses: list[float] = []
    for start in range(0, steps, STEPS_AT_ONCE):
        losses += run(order[start : min(start + STEPS_AT_ONCE, steps)], rates[start : start + STEPS_AT_ONCE])
        if not np.isfinite(losses).all() or losses[-1] > DIVERGED * min(losses):
            break
    finite = int(np.argmin(np.isfinite(losses))) if not np.isfinite(losses).all() else len(losses)
    return RateSearch.of(rates[:finite].tolist(), losses[:finite])


def _too_slow() -> InspectionError:
    return InspectionError(
        say(
            "A step of this net takes too long to try {steps} learning rates while you wait. Take smaller images or a "
            "smaller net for the search, or start a run and change its learning rate while it runs.",
            steps=LEAST_STEPS,
        )
    )
