import numpy as np
import pandas as pd
import pytest

from core.evaluation.confidence.decided import decided
from core.evaluation.evaluation import judge_answers
from core.runs.decisions import Decision
from ui.judging.deciding.threshold import sentence

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
