"""The three shares of a split in whole percent: whatever is changed, they sum to 100."""

from collections.abc import Mapping

from core.split import PARTS, Split

WHOLE = 100


def percents(split: Split) -> dict[str, int]:
    """The shares of ``split``, rounded so that they still sum to 100."""
    return _whole(split.ratios, WHOLE)


def with_percents(split: Split, shares: Mapping[str, int]) -> Split:
    """``split`` with these shares, which sum to 100."""
    return split.model_copy(update={part: shares[part] / WHOLE for part in PARTS})


def between_handles(first: int, second: int) -> dict[str, int]:
    """The shares that two handles on a line from 0 to 100 cut it into."""
    low, high = sorted((_within(first), _within(second)))
    return {"train": low, "validation": high - low, "test": WHOLE - high}


def handles(shares: Mapping[str, int]) -> tuple[int, int]:
    """Where the two handles stand for these shares."""
    return shares["train"], shares["train"] + shares["validation"]


def with_share(shares: Mapping[str, int], part: str, share: int) -> dict[str, int]:
    """``shares`` after ``part`` was set to ``share``.

    Training gives or takes what validation or test asks for, as far as it reaches; when training itself is changed,
    the other two keep their proportion.
    """
    share = _within(share)
    if part == "train":
        others = {other: shares[other] for other in PARTS if other != "train"}
        return {"train": share, **_whole(others, WHOLE - share)}
    other = "test" if part == "validation" else "validation"
    kept = min(shares[other], WHOLE - share)
    return {"train": WHOLE - share - kept, part: share, other: kept}


def _within(share: int) -> int:
    return max(0, min(WHOLE, share))


def _whole(weights: Mapping[str, float], total: int) -> dict[str, int]:
    """Whole numbers in proportion to ``weights`` that sum to ``total``, by the largest remainder."""
    weight = sum(weights.values())
    exact = {name: total * (value / weight if weight else 1 / len(weights)) for name, value in weights.items()}
    whole = {name: int(value + 1e-9) for name, value in exact.items()}
    by_remainder = sorted(weights, key=lambda name: whole[name] - exact[name])
    for name in by_remainder[: total - sum(whole.values())]:
        whole[name] += 1
    return whole
