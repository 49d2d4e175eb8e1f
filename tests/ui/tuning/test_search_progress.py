"""How far a search is, in one line, and what it searches."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from core.recipe import load
from core.runs.states import SearchState
from core.tuning.searches import Search
from core.tuning.space import parse
from ui.tuning.search_progress import counts, manner, progress, searched

NOW = datetime(2026, 1, 31, tzinfo=UTC)
SPACE = parse(
    """
    parameters:
      training.optimizer.learning_rate: {low: 0.0001, high: 0.01, log: true}
      layers.0.filters: {choices: [8, 16]}
    pruner: median
    """
)
GRID = parse("{parameters: {layers.0.filters: {choices: [8, 16]}}, sampler: grid}")
SEARCH = Search(
    id="search-1",
    project_id="project",
    number=1,
    dataset_id="images",
    recipe=load(Path("recipes/first_cnn.yaml")),
    space=SPACE,
    trials=20,
    minutes=None,
    state=SearchState.RUNNING,
    message=None,
    process=None,
    created_at=NOW,
    started_at=NOW,
    heartbeat_at=NOW,
    finished_at=None,
    worked_seconds=0.0,
    lesson=None,
    guess=None,
)


@pytest.fixture(autouse=True)
def _session(session_state):
    """Words are looked up in the language of a session."""


def trials(*states: str) -> pd.DataFrame:
    return pd.DataFrame({"state": states})


@pytest.mark.parametrize(
    ("search", "finished", "left", "is_begun", "sentence"),
    [
        (SEARCH, 0, None, False, "Getting ready: the first trial begins in a few seconds."),
        (SEARCH, 0, None, True, "0 of 20 trials are done"),
        (SEARCH, 5, 190.0, True, "5 of 20 trials are done · about 3 minutes 10 seconds left"),
        (replace(SEARCH, state=SearchState.PAUSED), 5, None, True, "5 of 20 trials are done"),
        (replace(SEARCH, state=SearchState.STOPPED), 0, None, False, "0 of 20 trials are done"),
        (replace(SEARCH, trials=1), 1, None, True, "1 of 1 trial is done"),
    ],
)
def test_the_line_says_how_far_it_is(search, finished, left, is_begun, sentence):
    assert str(progress(search, finished, search.trials, left, is_begun=is_begun)) == sentence


@pytest.mark.parametrize(
    ("states", "sentences"),
    [
        (["complete", "running"], []),
        (["complete", "pruned"], ["1 trial was ended early."]),
        (["pruned", "pruned", "failed"], ["2 trials were ended early.", "1 trial failed: it does not count,"]),
    ],
)
def test_what_is_no_complete_trial_is_counted(states, sentences):
    told = [str(message) for message in counts(trials(*states))]
    assert len(told) == len(sentences)
    assert all(message.startswith(sentence) for message, sentence in zip(told, sentences, strict=True))


def test_what_is_searched_is_said_in_words():
    assert [line.replace("\\", "") for line in searched(SEARCH)] == [
        "**Learning rate**: 0.0001 – 0.01, logarithmic",
        "**Filters of layer 1 (Conv2D)**: 8, 16",
    ]


def test_how_it_is_searched_is_said_in_words():
    assert list(manner(SEARCH)) == ["TPE", "ends trials early: Median", "Highest validation accuracy"]
    limited = replace(SEARCH, minutes=2.5, space=GRID.model_copy(update={"seed": 3, "objective": "val_loss"}))
    told = ["Grid", "Lowest validation loss", "at most 2 minutes 30 seconds", "seed 3"]
    assert list(manner(limited)) == told
