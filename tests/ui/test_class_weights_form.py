import pytest

from ui.class_weights_form import by_hand, table

CLASSES = ("cat", "dog", "emu")
COUNTS = (70, 25, 5)


def test_the_table_shows_images_and_balanced_weight_of_each_class():
    found = table(CLASSES, COUNTS)
    assert found["class_name"].tolist() == list(CLASSES)
    assert found["images"].tolist() == list(COUNTS)
    assert found["balanced"].tolist() == pytest.approx([100 / 210, 100 / 75, 100 / 15])


def test_weights_by_hand_begin_at_the_balanced_ones_in_three_digits():
    assert by_hand(CLASSES, COUNTS) == {"cat": 0.476, "dog": 1.33, "emu": 6.67}


def test_a_class_without_training_images_begins_at_one():
    assert by_hand(CLASSES, (50, 50, 0)) == {"cat": 1.0, "dog": 1.0, "emu": 1.0}
