import pytest

from core.evaluation.confidence.rejection import Answered
from ui.judging.deciding.dont_know import expected


@pytest.mark.parametrize(
    ("tried", "begins"),
    [
        (
            Answered(0.9, images=60, answered=40, right=34),
            "To expect on new images: chosen on one half of these and tried on the other, **85.0%** of the answers",
        ),
        (Answered(0.9, images=60, answered=0, right=0), "Chosen on only half of these images, it is not reached"),
        (None, "Chosen on only half of these images, it is not reached"),
    ],
)
def test_what_was_chosen_on_the_same_images_is_told_by_halves(tried, begins):
    assert expected(tried).startswith(begins)
