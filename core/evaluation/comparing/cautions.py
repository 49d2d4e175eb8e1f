"""What takes from the worth of a comparison, though its arithmetic is right."""

from core.evaluation.comparing.chance import REAL_BELOW
from core.message import Message, say

MANY = 5


def cautions(part: str, comparisons: int) -> tuple[Message, ...]:
    """What to know of a comparison on ``part``, made as one of ``comparisons``.

    The chance that one of several is wrongly found real is at most the sum of theirs (Bonferroni, 1936).
    """
    found = []
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
                "This is comparison {comparisons:,}. Where no two models differ, up to {wrong} times in 100 at least "
                "one of so many looks like more than noise. Ask for less than {strict:.1%} instead of 5% by chance.",
                comparisons=comparisons,
                wrong=min(round(100 * REAL_BELOW * comparisons), 100),
                strict=REAL_BELOW / comparisons,
            )
        )
    return tuple(found)
