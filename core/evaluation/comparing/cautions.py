"""What takes from the worth of a comparison, though its arithmetic is right."""

from math import comb

from core.evaluation.comparing.chance import REAL_BELOW
from core.message import Message, say

MANY = 5
"""So many pairs ask for a word."""


def cautions(part: str, runs: int) -> tuple[Message, ...]:
    """What to know of a comparison of two of ``runs`` that were judged on ``part``: each pair of them may be compared.

    The chance that one of several is wrongly found real is at most the sum of theirs (Bonferroni, 1936).
    """
    found, comparisons = [], comb(runs, 2)
    if part == "test":
        found.append(
            say(
                "These are test images. Whoever chooses the better run by them has used them to choose, and its test "
                "figure flatters. Choose by the validation images."
            )
        )
    if comparisons >= MANY:
        found.append(
            say(
                "{runs:,} judged runs make {comparisons:,} pairs to compare. Where no two models differ, up to {wrong} "
                "times in 100 at least one of so many looks like more than noise. Ask for less than {strict:.2%} "
                "instead of 5% by chance.",
                runs=runs,
                comparisons=comparisons,
                wrong=min(round(100 * REAL_BELOW * comparisons), 100),
                strict=REAL_BELOW / comparisons,
            )
        )
    return tuple(found)
