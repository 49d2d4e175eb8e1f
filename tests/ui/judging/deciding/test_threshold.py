import numpy as np
import pandas as pd
import pytest

from core.evaluation.confidence.decided import decided
from core.evaluation.evaluation import judge_answers
from core.runs.decisions import Decision
from ui.judging.deciding.threshold import flattery, sentence

IMAGES = pd.DataFrame({"path": list("abcde"), "label": [0, 0, 0, 1, 1]})
JUDGED = judge_answers(
    np.array([[0.1], [0.25], [0.7], [0.36], [0.9]]), np.arange(5), IMAGES, ("cat", "dog"), "validation", openings=0
)


@pytest.mark.parametrize(
    ("threshold", "expected"),
    [
        (0.5, "dog taken for cat: **1 of 2**. cat taken for dog: **1 of 3**. That costs **2.4** an image."),
        (0.3, "dog taken for cat: **0 of 2**. cat taken for dog: **1 of 3**. That costs **0.4** an image."),
    ],
)
def test_the_mistakes_at_a_threshold_and_their_cost_are_those_counted_by_hand(threshold, expected):
    decision = Decision(threshold=threshold, cost_of_miss=10, cost_of_false_alarm=2)
    assert sentence(decided(JUDGED, decision), decision) == expected


def test_what_was_chosen_on_the_same_images_is_said_to_flatter():
    assert flattery(0.2, 0.35) == (
        "A threshold that was chosen on these same images flatters here. The cheapest one costs **0.2** an image here; "
        "chosen on one half of the images and tried on the other, **0.35**, which is what to expect on new images."
    )
    assert flattery(0.2, None) == "A threshold that was chosen on these same images flatters here."
