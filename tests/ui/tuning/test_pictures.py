"""The pictures of a search that is stored as the conductor stores it, and of tables made by hand."""

import subprocess
import sys

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from core.message import say
from core.runs.process import PROJECT_ROOT
from core.runs.states import RunState
from core.tuning.trials import trials
from tests.core.tuning.builders import RATE, conduct, conductor, create, make_space
from tests.core.tuning.conftest import clock, database, dataset, project, timed_database, upgraded_file, workspace
from ui.tuning.drawn_trials import drawn as drawn_trials
from ui.tuning.importance import as_of
from ui.tuning.pictures import PICTURES
from ui.tuning.trial_curves import most_epochs

__all__ = ["clock", "database", "dataset", "project", "timed_database", "upgraded_file", "workspace"]

UNITS = "layers.1.units"
SPACE = f"""
parameters:
  {RATE}: {{low: 0.0001, high: 0.01, log: true}}
  {UNITS}: {{choices: [2, 3]}}
  augmentation: {{choices: [[], [{{kind: RandomTranslation, height_factor: 0.1, width_factor: 0.1}}]]}}
"""
NAN = float("nan")
MEMORY = say("The net takes {size}.", size="3 GB")


@pytest.fixture
def search(database, workspace, dataset):
    return create(database, workspace, dataset, make_space(SPACE), trials=12)


@pytest.fixture
def pruning(database, workspace, dataset):
    """A search to its end, some of whose trials were pruned by the median; the first has failed."""
    space = make_space(f"parameters: {{{RATE}: {{low: 0.0001, high: 0.01, log: true}}}}", pruner="median")
    search = create(database, workspace, dataset, space, trials=12)
    reached = iter(
        [RunState.LOST, *([each / 20, each / 10, each / 10] for each in [5, 6, 7, 8, 1, 9, 1, 8, 2, 9, 3, 7])]
    )
    return conduct(database, conductor(database, workspace, search), search.id, lambda run: next(reached))


def table(*states: str, **columns) -> pd.DataFrame:
    """As of `core.tuning.trials.trials`, one row per state; the complete ones get better and better."""
    count = len(states)
    values = [0.5 + position / 100 if state == "complete" else NAN for position, state in enumerate(states)]
    made = {
        "number": range(count),
        "state": states,
        "value": values,
        "run_id": [f"run-{number}" for number in range(count)],
        "run_number": pd.array([number + 1 for number in range(count)], dtype="Int64"),
        "run_state": None,
        "epochs": 3,
        "reason": None,
        RATE: 0.001,
        UNITS: 2,
        "augmentation": "[]",
    }
    return pd.DataFrame(made | columns)


def shown(search, table, picture: str = "best_so_far", **opened) -> AppTest:
    """The picture; ``opened`` are the keys of what is open."""

    def script(search, table):
        from ui.tuning import pictures

        pictures.show(search, table)

    app = AppTest.from_function(script, kwargs={"search": search, "table": table}, default_timeout=60)
    app.session_state["pictures_choice"] = picture
    for key in opened:
        app.session_state[key] = True
    app.run()
    assert not app.exception
    return app


def charts(app: AppTest) -> list:
    return [chart.proto for chart in app.get("vega_lite_chart")]


def texts(app: AppTest) -> str:
    return "\n".join(element.value for element in [*app.markdown, *app.caption])


def test_every_picture_of_a_real_search_has_its_reading_and_what_it_shows_in_words(database, pruning):
    found = trials(database, pruning.id)
    for name, picture in PICTURES.items():
        app = shown(pruning, found, name)
        assert picture.reading in app.markdown[0].value
        assert all(chart.alt for chart in charts(app))
        assert len(charts(app)) == (name not in ("importance", "all_trials"))
        assert len(app.dataframe) == (name == "all_trials")
        assert ("complete trials. It takes 10 at least." in texts(app)) == (name == "importance")


def test_the_table_of_a_picture_is_behind_one_click(database, pruning):
    found = trials(database, pruning.id)
    settings = ["trial", "state", "value", RATE]
    for name, key, columns in [
        ("best_so_far", "pictures_best_so_far_table", ["trial", "value", "best"]),
        ("trial_curves", "pictures_trial_curves_table", ["Epoch 1", "Epoch 2", "Epoch 3"]),
        ("parallel_coordinates", "pictures_parallel_table", settings),
        ("slices", "pictures_slices_table", settings),
    ]:
        assert list(shown(pruning, found, name, **{key: True}).dataframe[0].value) == columns


def test_a_pruned_trial_ends_where_it_was_pruned(database, pruning):
    app = shown(pruning, trials(database, pruning.id), "trial_curves", pictures_trial_curves_table=True)
    curves = app.dataframe[0].value
    pruned = trials(database, pruning.id).query("state == 'pruned'")["number"] + 1
    assert len(pruned)
    assert curves.loc[pruned].isna().any(axis="columns").all()


def test_a_parameter_that_decides_is_seen_by_its_share(database, workspace, dataset):
    """The accuracy depends on the learning rate alone, by `tests.core.tuning.builders.by_rate`."""
    space = make_space(
        f"parameters: {{{RATE}: {{low: 0.0001, high: 0.01, log: true}}, training.batch_size: {{choices: [8, 16]}}}}"
    )
    search = create(database, workspace, dataset, space.model_copy(update={"sampler": "random"}), trials=15)
    search = conduct(database, conductor(database, workspace, search), search.id)
    app = shown(search, trials(database, search.id), "importance", pictures_importance_table=True)
    rows = app.dataframe[0].value
    assert rows["title"].iloc[0] == "Learning rate"
    assert rows["share"].iloc[0] > 0.8
    assert rows["title"].iloc[-1] == "The rest: together, or chance"
    assert rows["share"].sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("trials", "said"),
    [
        (table(), "No trial has ended yet."),
        (table("running"), "No trial has ended yet."),
        (
            table("failed", reason=[MEMORY]),
            "The one trial that has ended has failed. The last one: The net takes 3 GB.",
        ),
        (
            table("failed", "failed", "running", run_state=[None, RunState.LOST, None]),
            "All 2 trials that have ended have failed. The last one: Its run was lost",
        ),
    ],
)
def test_while_there_is_nothing_to_draw_it_is_said_why(search, trials, said):
    for picture in ("best_so_far", "parallel_coordinates", "slices", "importance"):
        app = shown(search, trials, picture)
        assert said in texts(app)
        assert not charts(app)


def test_before_an_epoch_is_done_there_is_no_curve(search):
    assert "The first point comes with the end of the first epoch" in texts(shown(search, table(), "trial_curves"))


def test_where_all_were_pruned_there_is_a_picture_and_no_best(search):
    app = shown(search, table("pruned", "pruned", value=[0.3, 0.4]))
    assert charts(app)
    assert "No trial has been trained to its end yet." in texts(app)


def test_a_chart_stays_the_same_while_trials_are_added(search):
    """Streamlit draws it anew when its specification, its description or its identity changes."""
    values = [0.6, 0.7, 0.8, 0.75]
    for picture in ("best_so_far", "parallel_coordinates", "slices"):
        few, more = (
            charts(shown(search, table(*["complete"] * count, value=values[:count]), picture)) for count in (3, 4)
        )
        for before, after in zip(few, more, strict=True):
            assert (before.spec, before.alt, before.id) == (after.spec, after.alt, after.id)
            assert before.datasets[0].data.data != after.datasets[0].data.data


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([0.6, 0.9], "The best so far: **90.0%** in trial 2."),
        ([0.9, 0.6], "The best so far: **90.0%** in trial 1. 1 complete trial since then was no better."),
        ([0.6, 0.9, 0.9, 0.7], "The best so far: **90.0%** in trial 2. 2 complete trials since then were no better."),
    ],
)
def test_the_best_and_what_came_since_is_said(search, values, said):
    assert said in texts(shown(search, table(*["complete"] * len(values), value=values)))


def test_losses_are_read_the_other_way_and_have_four_digits(database, workspace, dataset):
    search = create(database, workspace, dataset, make_space(SPACE, objective="val_loss"), trials=3)
    app = shown(search, table("complete", "complete", value=[0.5, 0.25]))
    assert "While it still falls" in texts(app)
    assert "**0.2500** in trial 2" in texts(app)


def test_what_is_far_worse_than_the_rest_is_said_to_stand_at_the_edge(search):
    app = shown(search, table(*["complete"] * 5, value=[0.9, 0.92, 0.95, 0.96, 0.1]))
    assert "1 trial is below 80.0%: it stands at the edge." in texts(app)


def test_all_trials_stand_in_the_table_with_their_settings_and_why_they_failed(search):
    found = table(
        "complete",
        "failed",
        "failed",
        "failed",
        reason=[None, MEMORY, None, None],
        run_state=[RunState.COMPLETED, None, RunState.STOPPED, None],
        augmentation=["[]", '[{"kind": "RandomTranslation"}]', "[]", "[]"],
    )
    rows = shown(search, found, "all_trials").dataframe[0].value
    assert rows["trial"].tolist() == [1, 2, 3, 4]
    assert rows["augmentation"].tolist()[:2] == ["off", "on (RandomTranslation)"]
    assert rows[UNITS].tolist() == [2, 2, 2, 2]
    assert rows["reason"].isna().tolist() == [True, False, False, False]
    assert rows["reason"].tolist()[1:] == [
        "The net takes 3 GB.",
        "Its run was stopped by hand.",
        "It ended before it had a run.",
    ]


def test_where_none_failed_the_table_has_no_reasons(search):
    assert "reason" not in shown(search, table("complete"), "all_trials").dataframe[0].value


def test_of_a_thousand_trials_the_best_and_the_newest_are_drawn(search):
    values = [0.99 if number in (3, 500) else 0.5 for number in range(1000)]
    states = ["running" if number == 7 else "complete" for number in range(1000)]
    numbers = drawn_trials(table(*states, value=values), search.space, most=30).tolist()
    assert len(numbers) == 30
    assert {3, 500, 7, 999} <= set(numbers)
    app = shown(search, table(*states, value=values), "parallel_coordinates")
    assert "Drawn are 150 of 1,000 trials: the best and the newest ones." in texts(app)


@pytest.mark.parametrize(("complete", "counted"), [(9, 9), (30, 30), (31, 30), (49, 40)])
def test_while_it_works_the_importance_of_many_is_not_computed_for_each(search, complete, counted):
    assert as_of(complete, search) == counted


@pytest.mark.parametrize(("text", "epochs"), [(SPACE, 3), ("parameters: {training.epochs: {low: 2, high: 9}}", 9)])
def test_the_axis_of_epochs_goes_as_far_as_a_trial_can(database, workspace, dataset, text, epochs):
    assert most_epochs(create(database, workspace, dataset, make_space(text))) == epochs


def test_optuna_is_imported_only_where_a_picture_is_drawn():
    code = "import sys, ui.tuning.pictures; sys.exit('optuna' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT_ROOT, check=False).returncode == 0
