"""What is said of the best of a search: among which trials it was chosen, and what remains of it with fresh seeds."""

from types import SimpleNamespace

import pandas as pd
import pytest

from core.runs.states import RunState
from core.tuning.fresh_seeds import COLUMNS
from core.tuning.space import parse
from tests.core.runs.builders import make_recipe
from ui.charts import fresh_seeds as chart
from ui.charts import importance_bars
from ui.charts.curve_chart import NEUTRAL
from ui.tuning import flattering, fresh_seeds, importance

SPACE = parse("parameters: {training.batch_size: {choices: [8, 16]}}")
BY_LOSS = SPACE.model_copy(update={"objective": "val_loss"})
NAN = float("nan")


@pytest.fixture(autouse=True)
def _session(session_state):
    """Words are looked up in the language of a session."""


def trials(*states: str) -> pd.DataFrame:
    return pd.DataFrame({"state": states, "value": 0.5, "run_id": [f"run-{place}" for place in range(len(states))]})


def rows(*of_trials: tuple) -> pd.DataFrame:
    """The trials' number, value, asked, done, mean and spread; what is not done is still to come."""
    table = pd.DataFrame(of_trials, columns=["number", "value", "asked", "done", "mean", "spread"])
    coming = table["asked"] - table["done"]
    return table.assign(run_id=[f"run-{number}" for number in table["number"]], coming=coming)


def said(table: pd.DataFrame, space=SPACE) -> str:
    return " ".join(map(str, fresh_seeds.sentences(table, space)))


@pytest.mark.parametrize(
    ("states", "keeps_best", "sentence"),
    [
        (["complete"], False, "The choice is among 1 complete trial."),
        (["complete", "failed", "complete", "running"], False, "The choice is among 2 complete trials."),
        (["complete", "pruned"], False, "The pruned one could not be the best; but that it was ended was decided on"),
        (["complete", "pruned", "pruned"], False, "The 2 pruned ones could not be the best"),
        (["complete"], True, "Each trial also kept its best epoch by these images, which is not counted here either."),
    ],
)
def test_it_is_said_which_trials_were_candidates_and_what_is_not_counted(states, keeps_best, sentence):
    assert sentence in flattering.among(trials(*states), keeps_best=keeps_best)


@pytest.mark.parametrize(
    ("table", "space", "sentences"),
    [
        (
            rows((4, 0.9, 3, 0, NAN, NAN)),
            SPACE,
            ["3 runs with fresh seeds wait or train: what they reach comes in here."],
        ),
        (
            rows((4, 0.9, 1, 1, 0.875, NAN)),
            SPACE,
            ["The search gave this trial 90.0%; once more it reaches 87.5%: the score flattered by 2.5 percentage"],
        ),
        (
            rows((4, 0.9, 2, 2, 0.8, 0.01), (1, 0.88, 2, 2, 0.86, 0.01)),
            SPACE,
            [
                "The search gave these 2 trials 89.0% on average; once more they reach 83.0%: the scores flattered by "
                "6.0 percentage points.",
                "The order changes: trial 5 led the search, now trial 2 leads.",
            ],
        ),
        (
            rows((4, 0.9, 3, 2, 0.9, 0.03), (1, 0.88, 2, 2, 0.89, 0.01)),
            SPACE,
            [
                "the seed did not flatter them.",
                "Trial 5 leads again. But the lead is smaller than the spread of the seeds, so it may be chance.",
                "1 run is still to come, so this may change.",
            ],
        ),
        (
            rows((0, 0.2, 2, 2, 0.3, 0.01), (1, 0.25, 2, 2, 0.26, 0.01)),
            BY_LOSS,
            ["0.2250 on average; once more they reach 0.2800: the scores flattered by 0.0550.", "now trial 2 leads."],
        ),
    ],
)
def test_what_fresh_seeds_leave_of_the_scores_is_worked_by_hand(table, space, sentences):
    assert all(sentence in said(table, space) for sentence in sentences), said(table, space)


def test_the_rest_of_the_importance_is_the_last_bar_and_grey():
    shares = pd.DataFrame({"parameter": ["training.batch_size"], "share": [0.25]})
    search = SimpleNamespace(recipe=make_recipe(), space=SPACE)
    drawn = importance.bars(SimpleNamespace(shares=shares, rest=0.75), search)
    assert drawn.to_numpy().tolist() == [
        ["Batch size", 0.25, False],
        ["The rest: together, or chance", 0.75, True],
    ]
    (bars, _texts) = importance_bars.chart(drawn, "light").to_dict()["layer"]
    assert bars["encoding"]["color"] == {"condition": [{"test": "datum.is_rest", "value": NEUTRAL}]}


def test_repeats_that_all_failed_are_not_waited_for():
    assert said(rows((4, 0.9, 3, 0, NAN, NAN)).assign(coming=0)).startswith("None of the runs with fresh seeds came to")


def test_a_clear_lead_is_not_called_chance():
    assert "may be chance" not in said(rows((4, 0.9, 2, 2, 0.9, 0.01), (1, 0.88, 2, 2, 0.8, 0.01)))


@pytest.mark.parametrize("spread", [NAN, 0.01])
def test_of_a_lead_without_a_spread_nobody_knows_what_it_is(spread):
    text = said(rows((4, 0.9, 1, 1, 0.9, NAN), (1, 0.88, 2, 2, 0.8, spread)))
    assert text.endswith("Trial 5 leads again. With a single seed nobody knows whether the lead is chance.")


def test_the_picture_has_a_point_for_the_search_and_one_for_each_repeat_that_has_a_value():
    compared = rows((4, 0.9, 3, 2, 0.85, 0.05), (1, 0.88, 0, 0, NAN, NAN))
    again = pd.DataFrame(
        [
            ("run-4", "a", 7, RunState.COMPLETED, 0.8),
            ("run-4", "b", 8, RunState.COMPLETED, 0.9),
            ("run-4", "c", 9, RunState.RUNNING, NAN),
        ],
        columns=list(COLUMNS),
    )
    drawn = chart.table(compared, again, SPACE)
    assert drawn[["trial", "kind", "text"]].to_numpy().tolist() == [
        ["Trial 5", "search", "90.0%"],
        ["Trial 2", "search", "88.0%"],
        ["Trial 5", "again", "80.0%"],
        ["Trial 5", "again", "90.0%"],
    ]
    assert drawn.loc[drawn["kind"] == "again", "mean"].tolist() == [0.85, 0.85]
    assert chart.chart(drawn, SPACE, "light").to_dict()["layer"]
