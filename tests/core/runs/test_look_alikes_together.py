"""Runs that keep look-alikes together: only where it is known which images look alike."""

import pandas as pd
import pytest

from core.errors import RecipeError
from core.quality.store import keep_pairs, near_pairs
from core.runs import admission, store
from core.split import read_assignment
from tests.core.runs.builders import ELSEWHERE, make_recipe

NEAR = "train: 0.6, validation: 0.2, test: 0.2, keep_together: near"
PAIRS = pd.DataFrame({"first": [0, 2, 4], "second": [2, 4, 6], "similarity": [0.99, 0.98, 0.99]})


def test_a_run_waits_until_the_images_were_checked(database, workspace, project, dataset):
    with pytest.raises(RecipeError, match="It is not known yet which of these images look alike"):
        store.enqueue(database, workspace, project.id, dataset.id, make_recipe(split=NEAR))
    assert near_pairs(dataset) is None  # to look for them is for a process of its own

    keep_pairs(dataset, PAIRS)
    run = store.enqueue(database, workspace, project.id, dataset.id, make_recipe(split=NEAR))
    parts = read_assignment(store.run_folder(workspace, run.id) / "split.csv").parts
    assert len(set(parts[[0, 2, 4, 6]])) == 1


def test_a_process_that_answers_for_its_run_searches_first(database, workspace, dataset):
    recipe = make_recipe(split=NEAR)
    admission.admit(database, workspace, recipe, dataset.id, project_id=None, name=None, process=ELSEWHERE)
    assert near_pairs(dataset) is not None


def test_other_runs_need_no_check(database, workspace, project, dataset):
    store.enqueue(database, workspace, project.id, dataset.id, make_recipe())
    assert near_pairs(dataset) is None
