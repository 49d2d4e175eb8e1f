"""What every lesson is made of."""

import pytest

from core.dataset.sources import SAMPLES
from core.lessons.lessons import LESSONS
from core.runs.threads import Threads
from core.tuning.checking import refuse_unfit
from core.tuning.grid import points
from core.tuning.placing import recipe_with

EVERY_LESSON = pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)


@EVERY_LESSON
def test_every_point_of_its_grid_can_be_trained_on_its_sample_set(lesson):
    classes = len(SAMPLES[lesson.sample].class_names)
    refuse_unfit(lesson.space, lesson.recipe)
    found = [recipe_with(lesson.recipe, lesson.space.values(point)).problems(classes) for point in points(lesson.space)]
    assert len(found) == lesson.trials
    assert [problem for problems in found for problem in problems if problem.forbids_training] == []


@EVERY_LESSON
def test_its_recipe_has_no_problems(lesson):
    assert lesson.recipe.problems(len(SAMPLES[lesson.sample].class_names)) == ()


@EVERY_LESSON
def test_its_recipe_is_one_of_the_points(lesson):
    assert lesson.recipe in [recipe_with(lesson.recipe, lesson.space.values(point)) for point in points(lesson.space)]


@EVERY_LESSON
def test_a_worker_that_is_ready_for_one_trial_is_ready_for_all(lesson):
    wanted = [
        Threads.for_recipe(recipe_with(lesson.recipe, lesson.space.values(point)), 2) for point in points(lesson.space)
    ]
    assert len(set(wanted)) == 1


def test_each_lesson_is_found_by_its_name():
    assert {name: lesson.name for name, lesson in LESSONS.items()} == {name: name for name in LESSONS}
