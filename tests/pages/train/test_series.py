"""Runs that are started together: the folds of a split, and the two splits of a demonstration."""

import os

import pytest

from core.runs import leak_demo, progress, projects, queue, series, store
from core.runs.process import Process
from core.runs.progress import EpochMetrics
from core.runs.states import RunState

PAGE = "pages/train/runs.py"
FOLDS = 3


@pytest.fixture
def in_folds(kept, project_with_digits):
    """The project, with a draft whose split has three folds."""
    draft = project_with_digits.draft
    split = draft.split.model_copy(update={"folds": FOLDS})
    projects.save_draft(kept.database, project_with_digits.id, draft.model_copy(update={"split": split}))
    return projects.get(kept.database, project_with_digits.id)


def finish_next(kept, accuracy: float) -> str:
    run_id = queue.claim(kept.database, Process.of(os.getpid()))
    progress.begin(kept.database, run_id, os.getpid())
    progress.report(kept.database, run_id, epochs=[EpochMetrics(1, 1.0, 0.5, 1.0, accuracy, seconds=2.0)])
    progress.finish(kept.database, run_id, RunState.COMPLETED, kept_epoch=1)
    return run_id


def says(app, words) -> bool:
    return any(words in each.value for kind in (app.markdown, app.caption) for each in kind)


def test_all_folds_are_started_at_once(in_folds, open_screen, kept):
    app = open_screen(PAGE)
    assert app.button(key="runs_start").label == "Train all folds"
    assert says(app, "3 runs, one for each fold.")
    app.button(key="runs_start").click().run()
    assert len(store.of_project(kept.database, in_folds.id)) == FOLDS
    assert app.button(key="runs_start").disabled
    assert says(app, "0 of 3 folds are done.")
    assert says(app, "fold 3 of 3")


def test_what_folds_reached_is_shown_as_mean_and_spread(in_folds, open_screen, kept):
    run_ids = series.enqueue_folds(kept.database, kept.workspace, in_folds.draft, str(in_folds.dataset_id), in_folds.id)
    finish_next(kept, 0.8)
    finish_next(kept, 0.9)
    app = open_screen(PAGE)
    # the sample standard deviation of 80 and 90 is 10 / √2
    assert says(app, "Validation accuracy: 85.0% ± 7.1 percentage points")
    assert says(app, "2 of 3 folds are done.")
    table = next(frame.value for frame in app.dataframe if "Fold" in frame.value)
    assert table["Fold"].tolist() == ["Fold 1", "Fold 2", "Mean", "Standard deviation"]
    assert table["Validation accuracy"].tolist()[:3] == ["80.0%", "90.0%", "85.0%"]
    app.button(key=f"series_summary_{run_ids[0]}").click().run()
    assert app.query_params["run"] == run_ids[0]


def test_the_two_runs_of_a_demonstration_are_told_apart(kept, project_with_digits, open_screen):
    draft = project_with_digits.draft
    split = draft.split.model_copy(update={"keep_together": "group", "group_pattern": "{group}.png"})
    recipe = draft.model_copy(update={"split": split})
    leak_demo.start(kept.database, kept.workspace, recipe, str(project_with_digits.dataset_id), project_with_digits.id)
    finish_next(kept, 1.0)
    finish_next(kept, 0.25)
    app = open_screen(PAGE)
    assert says(app, "random split")
    assert says(app, "The random split promises 100.0%.")
    assert says(app, "75 percentage points of the accuracy were an illusion")


def test_a_run_alone_has_no_series(kept, project_with_digits, open_screen):
    store.enqueue(
        kept.database,
        kept.workspace,
        project_with_digits.id,
        str(project_with_digits.dataset_id),
        project_with_digits.draft,
    )
    app = open_screen(PAGE)
    assert not any("All folds together" in each.value for each in app.subheader)
