import pytest

from core.evaluation.figures.flattery import flattery, seen_elsewhere
from core.runs.openings import SealRecord


def record(count: int, images: int = 900, shown_elsewhere: int = 0) -> SealRecord:
    return SealRecord(images, (None,) * count, (), shown_elsewhere)


@pytest.mark.parametrize("count", [0, 1])
def test_up_to_the_first_opening_there_is_nothing_to_say(count):
    assert flattery(record(count), has_accuracy=True) is None


def test_the_second_opening_is_told_with_its_bounds():
    told = str(flattery(record(2), has_accuracy=True))
    assert told.startswith("Opened 2 times: the figure has begun to flatter.")
    assert "at most 2.0 points by luck alone" in told
    assert "because of a figure at most 6.1" in told
    assert "a single case can be worse" in told


def test_of_an_error_no_bound_is_known():
    assert "nobody knows" in str(flattery(record(2), has_accuracy=False))


@pytest.mark.parametrize(
    ("shown", "begins"), [(0, None), (1, "1 of these 900 test images was"), (135, "135 of these 900 test images were")]
)
def test_images_that_were_opened_under_another_split_are_told(shown, begins):
    told = seen_elsewhere(record(0, shown_elsewhere=shown))
    assert told is None if begins is None else str(told).startswith(begins)
