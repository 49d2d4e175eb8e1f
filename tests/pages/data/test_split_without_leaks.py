"""The screen of the split: what is kept together, folds, parts that images came with, and how large the test must be.

The images are the sample set of bursts, each burst a group, thinned out to six frames of each.
"""

import shutil
from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest

from core.dataset.intake import take_in
from core.dataset.limits import Limits
from core.dataset.sources import Source, open_source
from core.dataset.store import load
from core.message import Message
from core.quality import store as quality
from core.recipe import default_recipe
from core.runs import checks, leak_demo, projects
from core.runs.checks import Check
from core.runs.database import Database
from core.runs.datasets import register_dataset
from core.runs.states import IntakeState
from core.split import Split
from core.workspace import Workspace
from tests.pages.conftest import Store

PAGE = "pages/data/split.py"
FRAMES = 6


@pytest.fixture(scope="module")
def bursts_home(tmp_path_factory):
    """A workspace with one project of bursts; the first frames of each came for training, the others for the test."""
    workspace = Workspace.at(tmp_path_factory.mktemp("bursts") / "workspace")
    database = Database.open(workspace)
    dataset = take_in(_thinned(), workspace.datasets, lambda done, total: None)
    register_dataset(database, dataset)
    project = projects.create(database, "Bursts")
    projects.set_dataset(database, project.id, dataset.id)
    database.close()
    return workspace.home


@pytest.fixture
def project(bursts_home):
    workspace = Workspace.from_environment()
    shutil.copytree(bursts_home, workspace.home)
    return projects.all_projects(Database.open(workspace))[0]


@pytest.fixture
def kept(project) -> Store:
    """Opened only when the project is there."""
    workspace = Workspace.from_environment()
    return Store(workspace, Database.open(workspace))


@pytest.fixture
def open_split(app, kept, project, dataset, monkeypatch):
    """Opens the screen with a split of one's own."""
    monkeypatch.setattr(checks, "start", lambda *_: None)

    def open_(**settings):
        recipe = default_recipe(dataset.image_size, len(dataset.class_names))
        split = Split(**{"keep_together": "nothing"} | settings)
        projects.save_draft(kept.database, project.id, recipe.model_copy(update={"split": split}))
        app.query_params["project"] = project.id
        app.run()
        app.switch_page(PAGE).run()
        assert not app.exception
        return app

    return open_


@pytest.fixture
def dataset(kept, project):
    return load(kept.workspace.datasets, project.dataset_id)


def _thinned() -> Source:
    source = open_source("bursts")
    members = [member for member in source.members() if int(member.path[-6:-4]) < FRAMES]
    given = [
        replace(member, known=replace(member.known, part="test" if member.path[-6:-4] == "05" else "train"))
        for member in members
    ]
    return Source("bursts", len(given), lambda: iter(given), Limits())


def kept_split(kept, project):
    return projects.get(kept.database, project.id).draft.split


def texts(app):
    return [each.value for each in (*app.caption, *app.markdown, *app.warning, *app.error)]


def says(app, words):
    return any(words in text for text in texts(app))


def keep_pairs(dataset):
    """As if a check had found each burst to be look-alikes."""
    rows = dataset.images.groupby("group").indices.values()
    pairs = [(int(first), int(second)) for each in rows for first, second in pairwise(each)]
    quality.keep_pairs(dataset, pd.DataFrame(pairs, columns=["first", "second"]).assign(similarity=0.997))


def test_groups_that_came_with_the_images_are_kept_together(open_split, kept, project):
    app = open_split()
    app.segmented_control(key="split_form_keep_together").set_value("group").run()
    assert kept_split(kept, project) == Split(keep_together="group")
    assert says(app, "50 groups of 6 images each.")
    assert says(app, "No group is on both sides. If nothing were kept together")


def test_a_pattern_of_the_names_is_suggested_previewed_and_kept(open_split, kept, project):
    app = open_split(keep_together="group")
    app.segmented_control(key="group_form_source").set_value("names").run()
    assert (
        kept_split(kept, project).group_pattern == "burst{group}_*.png"
        or kept_split(kept, project).group_pattern == "{group}_*.png"
    )
    groups = next(frame.value for frame in app.dataframe if "Group" in frame.value)
    assert groups["Images"].tolist() == [FRAMES] * 50


@pytest.mark.parametrize(
    ("pattern", "words"),
    [("burst_*.png", "has no {group}"), ("{group}{group}", "2 times"), ("*{group}.png", "nothing tells where")],
)
def test_a_pattern_that_is_none_is_refused_in_words_and_changes_nothing(open_split, kept, project, pattern, words):
    app = open_split(keep_together="group", group_pattern="{group}_*.png")
    app.text_input(key="group_form_pattern").set_value(pattern).run()
    assert any(words in error.value.replace("\\", "") for error in app.error)
    assert app.text_input(key="group_form_pattern").value == pattern
    assert kept_split(kept, project).group_pattern == "{group}_*.png"


def test_a_pattern_that_nothing_matches_forbids_to_go_on(open_split):
    app = open_split(keep_together="group", group_pattern="patient{group}_*.jpg")
    assert any("No image is called like" in error.value for error in app.error)
    assert app.button(key="split_next").disabled


def test_while_look_alikes_are_searched_for_it_says_how_far_that_is(open_split, monkeypatch):
    working = Check("", IntakeState.WORKING, 120, 300, None)
    monkeypatch.setattr(checks, "state", lambda *_: working)
    app = open_split(keep_together="near")
    assert says(app, "Then those that look alike go into one part")
    assert app.button(key="split_next").disabled


def test_a_search_that_failed_says_why_and_can_be_begun_again(open_split, monkeypatch):
    failed = Check("", IntakeState.FAILED, 0, 0, Message("The disk is full."))
    monkeypatch.setattr(checks, "state", lambda *_: failed)
    app = open_split(keep_together="near")
    assert says(app, "The disk is full.")
    assert not app.button(key="look_alike_search_again").disabled


def test_look_alikes_that_are_known_are_kept_together(open_split, dataset):
    keep_pairs(dataset)
    app = open_split(keep_together="near")
    assert says(app, "No image of validation or test looks like a training image.")
    assert not app.button(key="split_next").disabled


def test_leaks_are_counted_and_the_pairs_are_shown_page_by_page(open_split, dataset):
    keep_pairs(dataset)
    app = open_split()
    assert says(app, "look like a training image")
    assert says(app, "similarity 99.7%")
    assert len(app.get("pagination")) == 1


def test_of_images_that_were_not_searched_only_identical_ones_are_spoken_of(open_split):
    assert says(open_split(), "Whether some look alike is not known")


def test_the_deviation_of_the_classes_is_said_and_tabled(open_split):
    app = open_split(keep_together="group")
    table = next(frame.value for frame in app.dataframe if "All images" in frame.value)
    assert table["All images"].tolist() == pytest.approx([20.0] * 5)
    assert table[["Training", "Validation", "Test"]].sum().tolist() == pytest.approx([100.0] * 3)
    assert says(app, "mix of classes")


def test_k_folds_are_chosen_and_drawn(open_split, kept, project):
    app = open_split()
    app.segmented_control(key="fold_form_kind").set_value("folds").run()
    app.number_input(key="fold_form_folds").set_value(4).run()
    app.selectbox(key="fold_form_fold").set_value(3).run()
    assert (kept_split(kept, project).folds, kept_split(kept, project).fold) == (4, 3)
    table = next(frame.value for frame in app.dataframe if "Fold" in frame.value)
    assert table["Validation"].sum() + table["Test"].iloc[0] == 50 * FRAMES
    assert (table[["Training", "Validation", "Test"]].sum(axis=1) == 50 * FRAMES).all()
    app.number_input(key="fold_form_folds").set_value(2).run()
    assert (kept_split(kept, project).folds, kept_split(kept, project).fold) == (2, 1)
    app.segmented_control(key="fold_form_kind").set_value("one").run()
    assert kept_split(kept, project).folds == 0


def test_the_share_of_the_test_is_set_beside_folds(open_split, kept, project):
    app = open_split(folds=3)
    app.number_input(key="fold_form_test").set_value(40).run()
    assert round(kept_split(kept, project).test, 2) == 0.4
    assert says(app, "120 images")


def test_the_parts_that_images_came_with_are_offered(open_split, kept, project):
    app = open_split(validation=0.0, train=0.85)
    assert says(app, "They came as: Training 250 images, Test 50 images.")
    app.toggle(key="given_parts_form_given").set_value(True).run()
    assert kept_split(kept, project).given
    assert says(app, "**50 images**")


def test_how_large_the_test_must_be_is_said_in_words(open_split):
    app = open_split()
    app.number_input(key="test_size_panel_first").set_value(80.0).run()
    app.number_input(key="test_size_panel_second").set_value(80.0).run()
    assert says(app, "cannot be told apart")
    app.number_input(key="test_size_panel_second").set_value(90.0).run()
    # 199 for each by Fleiss's formula 4.14 without the correction for continuity, as in the tests of the core
    assert says(app, "**199**")


def test_the_demonstration_queues_two_runs_and_then_shows_what_came_out(open_split, kept, project):
    app = open_split(keep_together="group")
    app.button(key="leak_demo_start").click().run()
    found = leak_demo.latest(kept.database, project.id, project.dataset_id)
    assert says(app, f"Run {found.scattered.number}: random split")
    assert app.button(key="leak_demo_start").disabled


def test_a_demonstration_that_cannot_be_trained_is_not_offered(open_split):
    app = open_split(keep_together="group", group_pattern="patient{group}_*.jpg")
    assert app.button(key="leak_demo_start").disabled
