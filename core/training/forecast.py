"""What a training will take, found by doing a few of its steps on images of noise."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

import numpy as np

from core.dataset.store import load
from core.objective.number_scale import NumberScale
from core.recipe import Recipe, from_content
from core.runs.admission import checked_split
from core.runs.database import Database
from core.runs.forecast import Forecast
from core.runs.queue import active_runs
from core.training.batches import Pace
from core.training.build import Parts
from core.training.data import Examples, encode
from core.training.job import prepare
from core.training.memory import available_bytes, watched
from core.training.question import Answer, Question
from core.training.steps import Graph, training_graph, validation_graph

STEPS_SECONDS = 1.5
VALIDATION_SECONDS = 0.5
CHUNK_SECONDS = 0.1
LEAST_BATCHES = 3
RATE = 1e-6
"""Of the steps on noise, which are to teach nothing."""


def answer_forecast(question: Question) -> Answer:
    """The forecast for the recipe and the dataset of ``question``. LayerlabError where it could not be trained."""
    recipe = from_content(question.payload["recipe"])
    dataset = load(question.workspace.datasets, question.payload["dataset_id"])
    images = checked_split(recipe, dataset).counts()
    classes = len(dataset.class_names)
    return Answer(forecast(question.database, recipe, classes, images, question.process_bytes).to_result())


def forecast(database: Database, recipe: Recipe, classes: int, images: dict[str, int], process_bytes: int) -> Forecast:
    """What ``recipe`` takes for ``images`` (by part) of ``classes`` classes, 0 where a number is to be
    predicted, in a process that had ``process_bytes``."""
    available = available_bytes()
    was_busy = _is_busy(database)
    with watched() as memory:
        parts = prepare(recipe, None if classes else NumberScale())
        steps = _probe(training_graph, parts, _noise(recipe, parts, classes, images["train"]), STEPS_SECONDS)
        validation = _probe(
            validation_graph, parts, _noise(recipe, parts, classes, images["validation"]), VALIDATION_SECONDS
        )
    batches = recipe.training.updates_per_epoch
    return Forecast(
        seconds_per_step=steps.seconds,
        first_step_seconds=steps.first_seconds,
        validation_seconds_per_batch=validation.seconds,
        seconds_per_epoch=batches(images["train"]) * steps.seconds + batches(images["validation"]) * validation.seconds,
        peak_bytes=memory.added_bytes,
        data_bytes=(images["train"] + images["validation"]) * _bytes_per_image(recipe, parts),
        process_bytes=process_bytes,
        available_bytes=available,
        was_busy=was_busy or _is_busy(database),
        batches_measured=steps.batches,
    )


@dataclass(frozen=True)
class _Timing:
    """How long the first batch took, and the median of the ``batches`` after it."""

    first_seconds: float
    seconds: float
    batches: int


def _probe(make_graph: Callable[[Parts], Graph], parts: Parts, examples: Examples, seconds: float) -> _Timing:
    """Times the graph on one batch, the ``examples``, over and over for about ``seconds``.

    As in a training, many short batches are run in one call.
    """
    graph = make_graph(parts)
    batch = np.arange(len(examples), dtype=np.int32)[np.newaxis]
    first_seconds = _seconds(graph, examples, batch)
    pace = Pace(CHUNK_SECONDS)
    durations: list[float] = []
    started = perf_counter()
    while len(durations) < LEAST_BATCHES or perf_counter() - started < seconds:
        batches = pace.batches
        duration = _seconds(graph, examples, np.repeat(batch, batches, axis=0))
        pace.learn(batches, duration)
        durations += [duration / batches] * batches
    return _Timing(first_seconds, median(durations), len(durations))


def _seconds(graph: Graph, examples: Examples, chunk: np.ndarray) -> float:
    started = perf_counter()
    graph({**examples.take(chunk), "rates": np.full(len(chunk), RATE, np.float32)})
    return perf_counter() - started


def _noise(recipe: Recipe, parts: Parts, classes: int, images: int) -> Examples:
    """One batch as a part with so many ``images`` has it."""
    random = np.random.default_rng(recipe.training.seed)
    batch_size = min(recipe.training.batch_size, images)
    pixels = random.integers(0, 256, (batch_size, *recipe.image.shape), dtype=np.uint8)
    labels = random.integers(0, max(classes, 1), batch_size)
    return Examples.of(pixels, encode(labels, parts.labels, parts.model.output_shape[-1]))


def _bytes_per_image(recipe: Recipe, parts: Parts) -> int:
    """Of its pixels and its label."""
    label = encode(np.zeros(1, dtype=np.int64), parts.labels, parts.model.output_shape[-1])
    return int(np.prod(recipe.image.shape)) + label.nbytes


def _is_busy(database: Database) -> bool:
    return any(run.state.is_working for run in active_runs(database))
