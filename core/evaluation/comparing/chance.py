"""How often something comes about by chance alone, in words that need no statistics."""

from core.message import Message, say, say_count

REAL_BELOW = 0.05
"""What comes about by chance less often is taken to be more than chance."""

_BASES = (10, 100, 1000)


def how_often(probability: float) -> Message:
    """``0.41`` is ``about 4 times in 10``. Never says on the wrong side of `REAL_BELOW` what lies close to it."""
    if probability >= 0.95:
        return say("nearly every time")
    if round(probability, 2) == REAL_BELOW:
        is_below = probability < REAL_BELOW
        return say("a little less than 5 times in 100") if is_below else say("5 times in 100 or a little more")
    base = next((base for base in _BASES if round(probability * base, 1) >= 1), None)
    if base is None:
        return say("less than once in 1,000")
    return say_count(
        "about once in {base:,}", "about {count} times in {base:,}", count=round(probability * base), base=base
    )
