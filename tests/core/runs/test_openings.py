import numpy as np
import pandas as pd
import pytest

from core.dataset.editing import RenameClass
from core.errors import RunError
from core.runs import projects, store, versions
from core.runs.openings import complete_opening, moved_problem, record_opening, seal_record, were_opened
from core.runs.tables import OpeningRow, RunRow
from core.split import Assignment, Split
from tests.core.runs.builders import make_recipe

HASHES = [f"{number:064x}" for number in (5 * 2**200, 7 * 2**200, 2**255, 1)]
OTHERS = [f"{number:064x}" for number in (11 * 2**200, 13 * 2**200, 2**254, 2**253)]
WHY = {"opened_by": "Kim", "reason": "all choices are made"}
SPLIT = make_recipe().split


@pytest.fixture
def run(database, workspace, project, dataset):
    projects.set_dataset(database, project.id, dataset.id)
    return store.enqueue(database, workspace, project.id, dataset.id, make_recipe())


def counted(database, dataset_id, hashes=HASHES, split=SPLIT) -> int:
    return seal_record(database, dataset_id, split, hashes).count


def test_every_opening_is_counted_by_whichever_run(database, workspace, project, dataset, run):
    assert counted(database, dataset.id) == 0
    record_opening(database, run.id, HASHES, **WHY)
    other = store.enqueue(database, workspace, project.id, dataset.id, make_recipe(seed=1))
    record_opening(database, other.id, HASHES, **WHY)
    assert counted(database, dataset.id) == 2


@pytest.mark.parametrize("split", [Split(keep_together="nothing"), Split(train=0.5, validation=0.3, test=0.2)])
def test_other_settings_with_the_same_test_images_make_none_look_unseen(database, dataset, run, split):
    record_opening(database, run.id, HASHES, **WHY)
    assert counted(database, dataset.id, split=split) == 1
    assert counted(database, "images taken in anew", split=split) == 1


@pytest.mark.parametrize(
    ("asked", "count", "shown_elsewhere"),
    [
        (HASHES, 1, 0),
        (HASHES[:2] + OTHERS[:2], 1, 0),
        (HASHES[:1] + OTHERS[:3], 0, 1),
        (OTHERS, 0, 0),
    ],
)
def test_an_opening_counts_where_it_showed_half_of_the_images(database, dataset, run, asked, count, shown_elsewhere):
    record_opening(database, run.id, HASHES, **WHY)
    record = seal_record(database, dataset.id, SPLIT, asked)
    assert (record.count, record.shown_elsewhere, record.images) == (count, shown_elsewhere, 4)


def test_images_that_several_openings_showed_are_counted_once(database, dataset, run):
    for _ in range(2):
        record_opening(database, run.id, HASHES[:1], **WHY)
    record = seal_record(database, dataset.id, SPLIT, HASHES)
    assert (record.count, len(record.elsewhere), record.shown_elsewhere) == (0, 2, 1)


def test_an_undone_edit_makes_no_test_set_look_unseen(database, workspace, project, dataset, run):
    renamed = versions.apply(database, workspace, project.id, RenameClass("dogs", "hounds"), dataset.id)
    opened = store.enqueue(database, workspace, project.id, renamed.id, make_recipe())
    record_opening(database, opened.id, HASHES, **WHY)
    versions.undo(database, project.id, renamed.id)
    other = versions.apply(database, workspace, project.id, RenameClass("dogs", "wolves"), dataset.id)
    assert [counted(database, each) for each in (dataset.id, renamed.id, other.id)] == [1, 1, 1]


def test_an_opening_from_before_images_were_recorded_counts_by_settings_and_versions(
    database, workspace, project, dataset, run
):
    opening = record_opening(database, run.id, HASHES, **WHY)
    with database.writing() as session:
        session.get_one(OpeningRow, opening).pixel_hashes = None
    renamed = versions.apply(database, workspace, project.id, RenameClass("dogs", "hounds"), dataset.id)
    assert counted(database, renamed.id) == 1
    assert counted(database, renamed.id, split=Split(seed=1)) == 0
    assert counted(database, "other images") == 0


def test_an_opening_outlives_its_run_and_keeps_its_name(database, workspace, dataset):
    run = store.enqueue(database, workspace, None, dataset.id, make_recipe(), name="gone")
    record_opening(database, run.id, HASHES, **WHY)
    store.request_stop(database, run.id)
    store.delete(database, workspace, run.id)
    (told,) = seal_record(database, dataset.id, SPLIT, HASHES).openings
    assert (told.run_id, told.run_name) == (None, "gone")


def test_a_run_that_is_not_there_opens_nothing(database):
    with pytest.raises(RunError, match="There is no run called unknown"):
        record_opening(database, "unknown", HASHES, **WHY)


def test_an_opening_tells_who_opened_it_when_for_which_run_why_and_what_came_out(
    timed_database, clock, workspace, dataset
):
    run = store.enqueue(timed_database, workspace, None, dataset.id, make_recipe(), name="first")
    opening = record_opening(timed_database, run.id, HASHES, opened_by=" 김지우 ", reason=" the last check ")
    (begun,) = seal_record(timed_database, dataset.id, SPLIT, HASHES).openings
    assert (begun.result, begun.accuracy) == (None, None), "also where nothing came of it"
    complete_opening(timed_database, opening, {"accuracy": 0.75, "images": 4})
    (told,) = seal_record(timed_database, dataset.id, SPLIT, HASHES).openings
    assert (told.run_id, told.run_name, told.opened_by, told.reason) == ("first", "first", "김지우", "the last check")
    assert (told.accuracy, told.images, told.result["accuracy"], told.opened_at) == (0.75, 4, 0.75, clock())


def test_what_an_opening_found_is_not_of_the_model_after_the_run_went_on(timed_database, clock, workspace, dataset):
    store.enqueue(timed_database, workspace, None, dataset.id, make_recipe(), name="first")
    _end(timed_database, "first")
    clock.move_on(1)
    opening = record_opening(timed_database, "first", HASHES, **WHY)
    complete_opening(timed_database, opening, {"accuracy": 0.75})
    assert _found(timed_database, dataset) is not None
    clock.move_on(1)
    _end(timed_database, "first")
    assert _found(timed_database, dataset) is None
    assert counted(timed_database, dataset.id) == 1


def _end(database, run_id: str) -> None:
    with database.writing() as session:
        session.get_one(RunRow, run_id).finished_at = database.now()


def _found(database, dataset):
    return seal_record(database, dataset.id, SPLIT, HASHES).of(store.get(database, "first"))


@pytest.mark.parametrize(("opened_by", "reason"), [("", "why"), ("Kim", "  "), ("K" * 81, "why"), ("Kim", "w" * 501)])
def test_an_opening_needs_a_name_and_a_reason(database, dataset, run, opened_by, reason):
    with pytest.raises(RunError):
        record_opening(database, run.id, HASHES, opened_by=opened_by, reason=reason)
    assert counted(database, dataset.id) == 0


def test_images_that_were_opened_are_known_again_in_any_split(database, run):
    assert not were_opened(database, HASHES).any()
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
def test_a_split_that_moves_opened_images_says_so(database, run, parts, moved):
    record_opening(database, run.id, HASHES[:2], **WHY)
    problem = moved_problem(database, pd.DataFrame({"pixel_hash": HASHES}), Assignment(np.array(parts)))
    assert (problem is None) if moved is None else str(problem.message).startswith(moved)
    assert problem is None or not problem.forbids_training
