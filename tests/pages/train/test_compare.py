"""All runs in one table, and the chosen ones beside each other."""

import numpy as np
import pytest

from core.dataset.store import load, pixels
from core.evaluation import judge
from core.runs import run_notes, store
from core.runs.states import RunState
from tests.pages.worked_runs import finished, queued, with_seed

PAGE = "pages/train/compare.py"


def with_rate(recipe, rate: float):
    """The same recipe with another learning rate."""
    optimizer = recipe.training.optimizer.model_copy(update={"learning_rate": rate})
    return recipe.model_copy(update={"training": recipe.training.model_copy(update={"optimizer": optimizer})})


@pytest.fixture
def two(kept, project_with_digits):
    """Two completed runs that differ in the learning rate alone."""
    draft = project_with_digits.draft
    return [finished(kept, project_with_digits, recipe=with_rate(draft, rate)) for rate in (0.001, 0.01)]


@pytest.fixture
def models(monkeypatch, kept, project_with_digits):
    """Every model knows all digits."""
    dataset = load(kept.workspace.datasets, project_with_digits.dataset_id)
    images = pixels(dataset, dataset.image_size)
    known = {image.tobytes(): label for image, label in zip(images, dataset.images["label"], strict=True)}
    monkeypatch.setattr(
        judge, "predict", lambda _model, asked, rows: np.eye(10)[[known[each.tobytes()] for each in asked[rows]]]
    )


def table(app):
    return next(frame for frame in app.dataframe if frame.key and frame.key.startswith("compare_table_"))


def choose(app, *numbers: int):
    """Ticks the runs with these numbers in the table, and no others."""
    rows = [row for row, number in enumerate(table(app).value["number"]) if number in numbers]
    app.session_state[table(app).key] = {"selection": {"rows": rows, "columns": [], "cells": []}}
    app.run()
    assert not app.exception
    return app


def texts(app) -> str:
    kinds = (app.markdown, app.caption, app.subheader, app.warning)
    return "\n".join(element.value for kind in kinds for element in kind).replace("\\", "")


def test_without_a_run_the_screen_leads_to_the_runs(open_screen):
    app = open_screen(PAGE)
    assert "No run yet" in texts(app)
    assert not app.dataframe


def test_one_run_is_listed_and_a_second_one_is_asked_for(open_screen, kept, project_with_digits):
    finished(kept, project_with_digits)
    app = open_screen(PAGE)
    assert len(table(app).value) == 1
    assert "This is the only run so far." in texts(app)


def test_the_table_shows_what_differs(open_screen, two):
    shown = table(open_screen(PAGE)).value
    assert shown["number"].tolist() == [2, 1]
    assert shown["training.optimizer.learning_rate"].tolist() == [0.01, 0.001]
    assert shown["val_accuracy"].tolist() == [0.9, 0.9]
    assert "training.batch_size" not in shown


def test_any_setting_can_be_a_column(open_screen, two):
    app = open_screen(PAGE)
    columns = next(each for each in app.multiselect if each.label == "Columns")
    columns.set_value([*columns.value, "training.batch_size"]).run()
    assert table(app).value["training.batch_size"].tolist() == [32, 32]


def test_two_chosen_runs_are_told_apart_in_words_and_by_their_answers(open_screen, two, models):
    app = choose(open_screen(PAGE), 1, 2)
    words = texts(app)
    assert "Chosen: runs 1, 2" in words
    assert "From run 1 to run 2" in words
    assert "Only one thing changed, learning rate: 0.001 → 0.01." in words
    assert "nothing tells them apart" in words
    assert len(app.get("vega_lite_chart")) == 4  # two figures, two matrices


def test_a_tick_in_the_table_draws_the_curves_of_that_run(open_screen, two):
    app = choose(open_screen(PAGE), 2)
    assert "Chosen: run 2" in texts(app)
    assert "Highest: Run 2, with 90.0% in epoch 2." in texts(app)


def test_several_changes_at_once_are_warned_of(open_screen, kept, project_with_digits, models):
    draft = project_with_digits.draft
    finished(kept, project_with_digits, recipe=draft)
    split = draft.split.model_copy(update={"seed": 7})
    finished(kept, project_with_digits, recipe=with_rate(draft, 0.01).model_copy(update={"split": split}))
    app = choose(open_screen(PAGE), 1, 2)
    (warning,) = (each.value for each in app.warning)
    assert "2 things changed, so the difference has no single cause." in warning
    assert "The split is not the same" in warning


def test_a_run_that_still_trains_is_not_asked(open_screen, kept, project_with_digits):
    finished(kept, project_with_digits)
    queued(kept, project_with_digits, with_seed(project_with_digits.draft, 1))
    app = choose(open_screen(PAGE), 1, 2)
    assert "Whether their answers differ is told once both are completed or stopped." in texts(app)


def test_tags_and_a_note_are_kept_and_found(open_screen, kept, two):
    app = choose(open_screen(PAGE), 1)
    next(each for each in app.multiselect if str(each.key).startswith("labelling_tags")).set_value(["slow"])
    app.text_area[0].set_value("The first try")
    app.button(key="labelling_keep").click().run()
    run = store.get(kept.database, two[0].id)
    assert (run.tags, run.note) == (("slow",), "The first try")
    app.text_input(key="compare_find").set_value("FIRST").run()
    assert table(app).value["number"].tolist() == [1]


def test_an_archived_run_is_out_of_the_table_until_it_is_asked_for(open_screen, kept, two):
    app = choose(open_screen(PAGE), 1)
    app.button(key="labelling_archive").click().run()
    assert store.get(kept.database, two[0].id).is_archived
    assert table(app).value["number"].tolist() == [2]
    app.toggle(key="compare_archived").set_value(True).run()
    assert table(app).value["number"].tolist() == [2, 1]
    app.button(key="labelling_archive").click().run()
    assert not store.get(kept.database, two[0].id).is_archived


def test_runs_are_filtered_by_state_and_tag(open_screen, kept, project_with_digits, two):
    finished(kept, project_with_digits, state=RunState.STOPPED, recipe=with_seed(project_with_digits.draft, 5))
    run_notes.set_tags(kept.database, two[1].id, ["good"])
    app = open_screen(PAGE)
    app.multiselect(key="compare_states").set_value(["completed"]).run()
    assert table(app).value["number"].tolist() == [2, 1]
    app.multiselect(key="compare_tags").set_value(["good"]).run()
    assert table(app).value["number"].tolist() == [2]


def test_a_run_is_repeated_with_as_many_seeds_as_wanted(open_screen, kept, project_with_digits, two):
    app = choose(open_screen(PAGE), 1)
    app.number_input(key="repeating_seeds").set_value(3).run()
    app.button(key="repeating_start").click().run()
    made = store.of_project(kept.database, project_with_digits.id)[:3]
    assert sorted(run.recipe.training.seed for run in made) == [1, 2, 3]
    assert len({run.series for run in made}) == 1


def test_repeats_show_their_mean_and_spread_and_are_drawn_as_one(open_screen, kept, project_with_digits):
    for seed in (0, 1):
        finished(kept, project_with_digits, recipe=with_seed(project_with_digits.draft, seed))
    app = choose(open_screen(PAGE), 1, 2)
    assert table(app).value["repeats"].tolist() == ["90.0% ± 0.0 (2)"] * 2
    assert "Highest: Run 2 and its repeats, 2 runs, with 90.0% in epoch 2." in texts(app)


def test_the_choice_outlives_a_visit_of_another_screen(open_screen, two):
    app = choose(open_screen(PAGE), 1)
    app.switch_page("pages/train/runs.py").run()
    app.switch_page(PAGE).run()
    assert "Chosen: run 1" in texts(app)
