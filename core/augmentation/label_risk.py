"""Where an augmentation can make an image of one class into one of another, such as a digit seen in the mirror."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.augmentation.augmentation import Augmentation
from core.augmentation.random_flip import RandomFlip
from core.augmentation.random_rotation import RandomRotation
from core.message import Message, say
from core.problem import Problem, Severity

LARGE_TURN = 0.125
"""Of a full turn: from here on, what points up is nearer to a side."""

_DIGIT_WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "영",
    "일",
    "이",
    "삼",
    "사",
    "오",
    "육",
    "칠",
    "팔",
    "구",
]
_SYLLABLES = "가나다라마바사아자차카타파하"
_SIDES = frozenset(
    [
        "left",
        "right",
        "west",
        "east",
        "왼쪽",
        "오른쪽",
        "왼",
        "오른",
        "좌",
        "우",
        "좌측",
        "우측",
        "좌회전",
        "우회전",
        "왼손",
        "오른손",
        "서",
        "동",
    ]
)
_HEIGHTS = frozenset(
    ["up", "down", "top", "bottom", "north", "south", "위", "아래", "위쪽", "아래쪽", "상", "하", "북", "남"]
)
_SPINS = frozenset(["clockwise", "counterclockwise", "anticlockwise", "cw", "ccw", "시계방향", "반시계방향"])
_DIGIT = re.compile(r"(?:digit|number|num|no|숫자)?[\s_.-]*[0-9][\s_.-]*(?:번|자)?", re.IGNORECASE)
_LETTER = re.compile(rf"(?:letter|char|글자|자모)?[\s_.-]*(?:[a-z]|[ㄱ-ㅣ]|[{_SYLLABLES}])", re.IGNORECASE)
_SHOWN = 4
_MOSTLY = 0.5


@dataclass(frozen=True)
class _Kind:
    """A kind of class: ``is_one`` tells it by the name, and there must be ``least`` (a share of all classes, and two
    or more where it is above 0). ``mirrored``: what goes wrong by the mode of a flip. ``turned``: what a turn does."""

    is_one: Callable[[str], bool]
    least: float
    mirrored: Mapping[str, Callable[[str], Message]]
    turned: Callable[[str, int], Message] | None = None


def label_risk(augmentation: Augmentation, class_names: Sequence[str]) -> Problem | None:
    """A warning where ``augmentation`` can turn images of one class into another, told by the names of the classes in
    English and Korean; none where nothing speaks for it.

    Without ``class_names`` the images have numbers to be predicted, as that of a gauge, which a mirror changes and so
    does every turn.
    """
    if isinstance(augmentation, RandomFlip):
        return _warning(_of_flip(augmentation, class_names))
    if isinstance(augmentation, RandomRotation):
        return _warning(_of_turn(augmentation, class_names))
    return None


def _of_flip(flip: RandomFlip, class_names: Sequence[str]) -> Message | None:
    if not class_names:
        return say(
            "A mirror changes what a gauge or a clock shows, but the number stays the one that was there before. Take "
            "RandomFlip out, unless your numbers are the same in the mirror."
        )
    modes = ("horizontal", "vertical") if flip.mode == "horizontal_and_vertical" else (flip.mode,)
    for kind in _KINDS:
        found = _found(kind, class_names)
        wrong = next((kind.mirrored[mode] for mode in modes if mode in kind.mirrored), None)
        if found and wrong:
            return wrong(found)
    return None


def _of_turn(turn: RandomRotation, class_names: Sequence[str]) -> Message | None:
    if turn.factor == 0:
        return None
    degrees = round(360 * turn.factor)
    if not class_names:
        return say(
            "Up to {degrees} degrees are added to what a needle or a pointer shows, but the number stays the one that "
            "was there before. Take RandomRotation out, unless your numbers are the same in every position.",
            degrees=degrees,
        )
    if turn.factor < LARGE_TURN:
        return None
    found = ((kind, _found(kind, class_names)) for kind in _KINDS)
    return next((kind.turned(names, degrees) for kind, names in found if names and kind.turned), None)


def _found(kind: _Kind, class_names: Sequence[str]) -> str:
    """The first few classes of this kind; empty where they are too few to be more than a coincidence."""
    names = [name for name in class_names if kind.is_one(name.strip())]
    too_few = kind.least and (len(names) < 2 or len(names) < kind.least * len(class_names))
    return "" if too_few else ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")


def _is_digit(name: str) -> bool:
    return bool(_DIGIT.fullmatch(name)) or name.casefold() in _DIGIT_WORDS


def _is_letter(name: str) -> bool:
    return bool(_LETTER.fullmatch(name))


def _holds(words: frozenset[str]) -> Callable[[str], bool]:
    return lambda name: bool(words & set(re.split(r"[\W_]+", name.casefold())))


def _warning(message: Message | None) -> Problem | None:
    return None if message is None else Problem(None, message, severity=Severity.WARNING)


def _mirrored_digits(names: str) -> Message:
    return say(
        "These classes are digits ({names}): in the mirror a 2 looks like a 5, and most are no digit at all, yet the "
        "label stays. Take RandomFlip out.",
        names=names,
    )


def _turned_digits(names: str, degrees: int) -> Message:
    return say(
        "These classes are digits ({names}): turned by up to {degrees} degrees, a 6 can become a 9, yet the label "
        "stays. Stay below a factor of {most:g}.",
        names=names,
        degrees=degrees,
        most=LARGE_TURN,
    )


def _mirrored_letters(names: str) -> Message:
    return say(
        "These classes are letters ({names}): in the mirror a b is a d and a ㅏ is a ㅓ, yet the label stays. Take "
        "RandomFlip out.",
        names=names,
    )


def _turned_letters(names: str, degrees: int) -> Message:
    return say(
        "These classes are letters ({names}): turned by up to {degrees} degrees, an N can become a Z and a ㅗ a ㅏ, "
        "yet the label stays. Stay below a factor of {most:g}.",
        names=names,
        degrees=degrees,
        most=LARGE_TURN,
    )


def _mirrored_sides(names: str) -> Message:
    return say(
        "These classes tell sides apart ({names}): in the mirror left and right change places, yet the label stays. "
        "Take the horizontal flip out.",
        names=names,
    )


def _mirrored_heights(names: str) -> Message:
    return say(
        "These classes tell up from down ({names}): upside down they change places, yet the label stays. Take the "
        "vertical flip out.",
        names=names,
    )


def _mirrored_spins(names: str) -> Message:
    return say(
        "These classes tell which way something turns ({names}): in the mirror it turns the other way, yet the label "
        "stays. Take RandomFlip out.",
        names=names,
    )


def _turned_directions(names: str, degrees: int) -> Message:
    return say(
        "These classes are directions ({names}): turned by up to {degrees} degrees, one can become another, yet the "
        "label stays. Stay below a factor of {most:g}.",
        names=names,
        degrees=degrees,
        most=LARGE_TURN,
    )


_KINDS = (
    _Kind(_is_digit, _MOSTLY, {"horizontal": _mirrored_digits, "vertical": _mirrored_digits}, turned=_turned_digits),
    _Kind(_holds(_SPINS), 0, {"horizontal": _mirrored_spins, "vertical": _mirrored_spins}),
    _Kind(_holds(_SIDES), 0, {"horizontal": _mirrored_sides}, turned=_turned_directions),
    _Kind(_holds(_HEIGHTS), 0, {"vertical": _mirrored_heights}, turned=_turned_directions),
    _Kind(
        _is_letter, _MOSTLY, {"horizontal": _mirrored_letters, "vertical": _mirrored_letters}, turned=_turned_letters
    ),
)
