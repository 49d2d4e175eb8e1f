import numpy as np
import pandas as pd
import pytest

from core.dataset.editing import RenameClass
from core.dataset.editing import apply as edited
from core.errors import RunError
from core.runs import projects, store, versions
from core.runs.datasets import register_dataset
from core.runs.openings import complete_opening, moved_problem, openings, openings_of, record_opening, were_opened
from core.runs.tables import ProjectRow
from core.runs.version_rows import add_version, replaced_by
from core.split import Assignment, Split
from tests.core.runs.builders import make_recipe

HASHES = [f"{number:064x}" for number in (5 * 2**200, 7 * 2**200, 2**255, 1)]
WHY = {"opened_by": "Kim", "reason": "all choices are made"}


def test_openings_are_counted_for_a_dataset_and_a_split(database, workspace, project, dataset):
    recipe = make_recipe()
    first, second = (
        store.enqueue(database, workspace, project.id, dataset.id, recipe, name=name) for name in ("a", "b")
    )
    assert openings(database, dataset.id, recipe.split) == 0
    record_opening(database, first.id, HASHES, **WHY)
    record_opening(database, second.id, HASHES, **WHY)
    assert openings(database, dataset.id, recipe.split) == 2
    assert openings(database, dataset.id, Split(seed=1)) == 0
    assert openings(database, "another", recipe.split) == 0


def test_an_opening_outlives_its_run(database, workspace, project, dataset):
    run = store.enqueue(database, workspace, project.id, dataset.id, make_recipe())
    record_opening(database, run.id, HASHES, **WHY)
    store.request_stop(database, run.id)
    store.delete(database, workspace, run.id)
    assert openings(database, dataset.id, run.recipe.split) == 1


def test_a_run_that_is_not_there_opens_nothing(database):
    with pytest.raises(RunError, match="There is no run called unknown"):
        record_opening(database, "unknown", HASHES, **WHY)


def test_an_edit_of_the_images_makes_no_test_set_look_unseen(database, workspace, project, dataset):
    projects.set_dataset(database, project.id, dataset.id)
    run = store.enqueue(database, workspace, project.id, dataset.id, make_recipe())
    record_opening(database, run.id, HASHES, **WHY)
    renamed = versions.apply(database, workspace, project.id, RenameClass("dogs", "hounds"), dataset.id)
    assert openings(database, renamed.id, run.recipe.split) == 1


def test_images_that_replace_others_begin_unseen(database, workspace, project, dataset, tmp_path):
    projects.set_dataset(database, project.id, dataset.id)
    run = store.enqueue(database, workspace, project.id, dataset.id, make_recipe())
    record_opening(database, run.id, HASHES, **WHY)
    others = edited(RenameClass("dogs", "wolves"), dataset, workspace.datasets)
    register_dataset(database, others)
    with database.writing() as session:
        row = session.get_one(ProjectRow, project.id)
        add_version(session, row, others.id, replaced_by("others.zip"), database.now())
    assert openings(database, others.id, run.recipe.split) == 0


def test_an_opening_tells_who_opened_it_when_for_which_run_why_and_what_came_out(
    timed_database, clock, workspace, dataset
):
    run = store.enqueue(timed_database, workspace, None, dataset.id, make_recipe(), name="first")
    opening = record_opening(timed_database, run.id, HASHES, opened_by=" 김지우 ", reason=" the last check ")
    (begun,) = openings_of(timed_database, dataset.id, run.recipe.split)
    assert (begun.result, begun.accuracy) == (None, None), "also where nothing came of it"
    complete_opening(timed_database, opening, {"accuracy": 0.75, "images": 4})
    (told,) = openings_of(timed_database, dataset.id, run.recipe.split)
    assert (told.run_id, told.run_name, told.opened_by, told.reason) == ("first", "first", "김지우", "the last check")
    assert (told.accuracy, told.images, told.result["accuracy"], told.opened_at) == (0.75, 4, 0.75, clock())


def test_the_record_keeps_the_name_of_a_run_that_was_deleted(database, workspace, dataset):
    run = store.enqueue(database, workspace, None, dataset.id, make_recipe(), name="gone")
    record_opening(database, run.id, HASHES, **WHY)
    store.request_stop(database, run.id)
    store.delete(database, workspace, run.id)
    (told,) = openings_of(database, dataset.id, run.recipe.split)
    assert (told.run_id, told.run_name) == (None, "gone")


@pytest.mark.parametrize(("opened_by", "reason"), [("", "why"), ("Kim", "  "), ("K" * 81, "why"), ("Kim", "w" * 501)])
def test_an_opening_needs_a_name_and_a_reason(database, workspace, dataset, opened_by, reason):
    run = store.enqueue(database, workspace, None, dataset.id, make_recipe())
    with pytest.raises(RunError):
        record_opening(database, run.id, HASHES, opened_by=opened_by, reason=reason)
    assert openings(database, dataset.id, run.recipe.split) == 0


def test_images_that_were_opened_are_known_again_in_any_split(database, workspace, dataset):
    assert not were_opened(database, HASHES).any()
    run = store.enqueue(database, workspace, None, dataset.id, make_recipe())
    record_opening(database, run.id, HASHES[:2], **WHY)
    record_opening(database, run.id, HASHES[1:3], **WHY)
    assert were_opened(database, HASHES).tolist() == [True, True, True, False]


@pytest.mark.parametrize(
    ("parts", "moved"),
    [
        (["test", "test", "train", "validation"], None),
        (["train", "test", "train", "test"], "1 image that was opened as a test image before"),
        (["train", "validation", "test", "train"], "2 images that were opened as test images before"),
    ],
)
def test_a_split_that_moves_opened_images_says_so(database, workspace, dataset, parts, moved):
    run = store.enqueue(database, workspace, None, dataset.id, make_recipe())
    record_opening(database, run.id, HASHES[:2], **WHY)
    problem = moved_problem(database, pd.DataFrame({"pixel_hash": HASHES}), Assignment(np.array(parts)))
    assert (problem is None) if moved is None else str(problem.message).startswith(moved)
    assert problem is None or not problem.forbids_training
