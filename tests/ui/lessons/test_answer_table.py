"""How the figures of an answer are written."""

import pandas as pd
import pytest

from core.lessons.batch_size import answer as batch_size
from core.lessons.capacity import answer as capacity
from core.lessons.learning_rate import answer as learning_rate
from core.lessons.lessons import LESSONS
from ui.lessons.answer_table import COLUMNS, written
from ui.lessons.lesson_box import CONTROLS


@pytest.mark.parametrize(
    ("name", "value", "title", "text"),
    [
        ("rate", 0.0001, "Learning rate", "0.0001"),
        ("rate", 3.0, "Learning rate", "3"),
        ("last_loss", 2.33324, "Loss at the end", "2.33"),
        ("batch_size", 1024.0, "Batch size", "1,024"),
        ("updates", 219, "Updates per epoch", "219"),
        ("epoch_seconds", 0.3873, "Seconds per epoch", "0.39"),
        ("noise", 0.1237, "Noise of the loss", "0.12"),
        ("weights", 43338, "Weights", "43,338"),
        ("val_accuracy", 0.875, "Right in validation", "87.5%"),
        ("gap", -0.02, "Gap", "-2.0%"),
        ("val_loss", float("nan"), "Validation loss", "–"),
    ],
)
def test_each_figure_is_written_as_people_read_it(name, value, title, text):
    assert written(pd.DataFrame({name: [value]})).to_dict("list") == {title: [text]}


def test_every_figure_of_every_lesson_has_a_title():
    assert {*learning_rate.COLUMNS, *batch_size.COLUMNS, *capacity.COLUMNS} == set(COLUMNS)


def test_every_lesson_has_a_control_to_try_it_with():
    assert set(CONTROLS) == set(LESSONS)
