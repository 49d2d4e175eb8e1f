import random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.runs import history, progress
from core.runs.progress import StepMetrics
from core.runs.thinning import bucket_width, thinned
from tests.core.runs.builders import ELSEWHERE, EPOCHS, make_running

WIDTH = 6
STEPS_PER_EPOCH = WIDTH * 5000 // 2 // EPOCHS

FIGURE = st.one_of(st.floats(allow_nan=True), st.integers(0, 3).map(float))


def steps_of(losses, accuracies, errors) -> list[StepMetrics]:
    figures = zip(losses, accuracies, errors, strict=True)
    return [
        StepMetrics(step, loss, accuracy, metrics={"error": error})
        for step, (loss, accuracy, error) in enumerate(figures, start=1)
    ]


@pytest.mark.parametrize(
    ("total_steps", "width"),
    [(None, 1), (0, 1), (1, 1), (2500, 1), (2501, 2), (5000, 2), (5001, 3), (250_000, 100)],
)
def test_the_bucket_grows_with_the_length_of_the_whole_run(total_steps, width):
    assert bucket_width(total_steps) == width


def test_of_a_bucket_the_extremes_of_each_figure_stay():
    losses, accuracies, errors = [5, 9, 1, 4, 3, 2], [0.1, 0.2, 0.3, 0.9, 0.5, 0.6], [7, 7, 7, 7, 7, 6]
    kept = thinned(steps_of(losses, accuracies, errors), 6)
    assert [step.step for step in kept] == [
        1,
        2,
        3,
        4,
        6,
    ]  # accuracy low, loss high, loss low, accuracy high, error low


def test_a_bucket_that_is_not_complete_is_kept_whole():
    assert len(thinned(steps_of([1] * 11, [1] * 11, [1] * 11), 6)) == 1 + 5


@given(st.lists(st.tuples(FIGURE, FIGURE, FIGURE), min_size=1, max_size=60), st.integers(1, 9))
def test_no_extreme_and_no_loss_that_is_no_number_is_lost(figures, width):
    steps = steps_of(*zip(*figures, strict=True))
    kept = {step.step for step in thinned(steps, width)}
    table = pd.DataFrame(figures, columns=["loss", "accuracy", "error"], index=range(1, len(figures) + 1))
    numbers = table.where(table.abs() != float("inf"))
    for _, bucket in numbers.groupby((numbers.index - 1) // width):
        known = [bucket[name].dropna() for name in bucket]
        assert {values.idxmin() for values in known if len(values)} <= kept
        assert {values.idxmax() for values in known if len(values)} <= kept
    assert set(numbers.index[numbers["loss"].isna()]) <= kept


@pytest.fixture
def long_run(database, workspace, dataset) -> str:
    run_id = make_running(database, workspace, dataset, ELSEWHERE)
    progress.describe_model(database, run_id, 34, STEPS_PER_EPOCH)
    return run_id


def measured(number: int) -> list[StepMetrics]:
    chance = random.Random(7)
    return [StepMetrics(step, chance.random(), chance.randint(0, 8) / 8) for step in range(1, number + 1)]


@pytest.mark.parametrize("per_report", [1, 4, 6, 25, 100])
def test_what_is_kept_does_not_depend_on_when_it_was_reported(database, long_run, per_report):
    assert bucket_width(STEPS_PER_EPOCH * EPOCHS) == WIDTH
    steps = measured(100)
    for first in range(0, len(steps), per_report):
        progress.report(database, long_run, steps=steps[first : first + per_report])
    expected = [[step.step, step.loss, step.accuracy] for step in thinned(steps, WIDTH)]
    assert len(expected) < 80
    assert history.steps(database, long_run)[["step", "loss", "accuracy"]].to_numpy().tolist() == expected


@pytest.mark.parametrize("checkpoint", [0, 1, 5, 6, 7, 20, 49])
def test_a_run_that_did_some_steps_twice_has_kept_what_one_has_that_did_not(database, long_run, checkpoint):
    steps = measured(70)
    progress.report(database, long_run, steps=steps[:50])
    progress.rewind(database, long_run, 0, checkpoint)
    for first in range(checkpoint, len(steps), 7):
        progress.report(database, long_run, steps=steps[first : first + 7])
    assert history.steps(database, long_run)["step"].tolist() == [step.step for step in thinned(steps, WIDTH)]
