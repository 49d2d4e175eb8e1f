"""Which images belong to one group, such as a patient, told by their names: ``{group}_*.png``."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from core.errors import RecipeError
from core.message import Message, say

GROUP = "{group}"
EXAMPLES = 3
"""How many paths a preview shows of each group."""

_WILDCARDS = re.compile(r"(\{group\}|\*+)")
_SIDE_BY_SIDE = ("*{group}", "{group}*")


@dataclass(frozen=True)
class Preview:
    """``groups``: one row per group, the largest first, with the columns group, images (how many) and examples (up to
    `EXAMPLES` paths, a tuple). ``alone``: how many images do not match, and so belong to no group."""

    groups: pd.DataFrame
    alone: int


def group_of(pattern: str, path: str) -> str | None:
    """The group of the image at ``path``; none where it does not match.

    ``*`` stands for any letters or none, ``?`` for one letter, and ``{group}`` for the one or more, as few as possible,
    that tell groups apart. The pattern is for the file name, or for the whole path where it holds a ``/``. Raises
    RecipeError for a pattern with a `pattern_problem`.
    """
    expression = _compiled(pattern)
    text = path if "/" in pattern else path.rpartition("/")[2]
    found = expression.match(unicodedata.normalize("NFC", text))
    return found["group"] if found else None


def groups_of(pattern: str, images: pd.DataFrame) -> list[str | None]:
    """The group of each of ``images`` (columns path, group); without a ``pattern`` the one that it came with."""
    if pattern:
        return [group_of(pattern, path) for path in images["path"]]
    return [group or None for group in images["group"]] if "group" in images else [None] * len(images)


def preview(pattern: str, paths: Iterable[str]) -> Preview:
    """What ``pattern`` makes of ``paths``. Raises RecipeError for a pattern that is none, or that nothing matches."""
    paths_of: dict[str, list[str]] = {}
    alone = 0
    for path in sorted(paths):
        group = group_of(pattern, path)
        if group is None:
            alone += 1
        else:
            paths_of.setdefault(group, []).append(path)
    if not paths_of:
        raise RecipeError(
            say("No image is called like {pattern}. Compare it with the names of your files.", pattern=pattern)
        )
    rows = [(group, len(members), tuple(members[:EXAMPLES])) for group, members in paths_of.items()]
    rows.sort(key=lambda row: (-row[1], row[0]))
    return Preview(pd.DataFrame(rows, columns=["group", "images", "examples"]), alone)


def pattern_problem(pattern: str) -> Message | None:
    """What is wrong with ``pattern``, whatever the images are called."""
    count = pattern.count(GROUP)
    if count == 0:
        return say(
            "The pattern {pattern} has no {group}. Put {group} where the names tell the groups apart, as in {example}.",
            pattern=pattern,
            group=GROUP,
            example="{group}_*.png",
        )
    if count > 1:
        return say(
            "The pattern {pattern} holds {group} {times} times. Leave one of them.",
            pattern=pattern,
            group=GROUP,
            times=count,
        )
    if any(pair in pattern for pair in _SIDE_BY_SIDE):
        return say(
            "In the pattern {pattern}, nothing tells where {group} ends and * begins. Put what stands between them in "
            "the names there, as in {example}.",
            pattern=pattern,
            group=GROUP,
            example="{group}_*.png",
        )
    return None


def suggested_pattern(paths: Sequence[str]) -> str | None:
    """A pattern that most names share and that makes groups of them; none where there is no such shape.

    A pattern is good that nine in ten names match and that makes at least three groups, none with half of all images.
    In a folder they have two images or more on average, else they are only numbers that are counted anew in each
    folder; and there must be more of them than folders, else they are only the classes once more.
    """
    looked_at = sorted(paths)[:_LOOKED_AT]
    return next((pattern for pattern in _candidates(looked_at) if _is_good(pattern, looked_at)), None)


_LOOKED_AT = 5_000
_SEPARATORS = ("_", "-", " ", "(", ".")


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Each piece between two wildcards is taken where it first fits, for good: if the rest fits behind a later place,
    it fits behind the first one too. So no name takes longer than its length times that of the pattern."""
    problem = pattern_problem(pattern)
    if problem:
        raise RecipeError(problem)
    first, *others = _WILDCARDS.split(unicodedata.normalize("NFC", pattern))
    steps = [_wildcard(others[i]) + _letters(others[i + 1]) for i in range(0, len(others), 2)]
    middle = "".join(f"(?>{step})" for step in steps[:-1])
    return re.compile(f"{_letters(first)}{middle}{steps[-1]}\\Z", re.DOTALL)


def _wildcard(token: str) -> str:
    return "(?P<group>.+?)" if token == GROUP else ".*?"


def _letters(text: str) -> str:
    return "".join("." if letter == "?" else re.escape(letter) for letter in text)


def _candidates(paths: Sequence[str]) -> Iterable[str]:
    """Patterns in the order of how often names are made like that."""
    names = [path.rpartition("/")[2] for path in paths]
    endings = {name.rpartition(".")[2] for name in names}
    ending = f".{endings.pop()}" if len(endings) == 1 else ".*"
    for separator in _SEPARATORS:
        start = _common_start(names, separator)
        yield f"{start}{{group}}{separator}*{ending}"
        yield f"*{separator}{{group}}{separator}*{ending}"
        yield f"*{separator}{{group}}{ending}"
    yield "*/{group}/*"
    yield "{group}/*"


def _common_start(names: Sequence[str], separator: str) -> str:
    """What all ``names`` begin with, up to its last ``separator``."""
    if not names:
        return ""
    low, high = min(names), max(names)
    length = next((i for i, pair in enumerate(zip(low, high, strict=False)) if pair[0] != pair[1]), len(low))
    start, found, _ = low[:length].rpartition(separator)
    return "" if set("*?{}/") & set(start) else start + found


def _is_good(pattern: str, paths: Sequence[str]) -> bool:
    grouped = [(group, path.rpartition("/")[0]) for path in paths if (group := group_of(pattern, path)) is not None]
    if not grouped or len(grouped) < 0.9 * len(paths):
        return False
    sizes = pd.Series([group for group, _ in grouped]).value_counts()
    if len(sizes) < 3 or len(grouped) < 2 * len(set(grouped)) or sizes.max() >= 0.5 * len(paths):
        return False
    top_folders = {path.partition("/")[0] for path in paths}
    return len(set(grouped)) > len({folder for _, folder in grouped}) or (
        "/" in pattern and not set(sizes.index) <= top_folders
    )
